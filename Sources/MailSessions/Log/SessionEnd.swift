import MailNetwork
import MailShared
import MailTransport

/// What one conversation came to: its last line in the log.
package struct SessionEnd: Sendable {
    var reason = Reason.closed
    /// Who was logged in at the end, if anybody.
    var user: String?
    var commands = 0
    /// The last of them.
    var last: MetricCommand?
    /// Messages taken in (SMTP), or given out (POP3).
    var messages = 0

    init() {}

    /// Why it ended, as the log has it: `reason=`.
    enum Reason: String, Sendable {
        /// The client said so, or went without a word.
        case quit, closed
        case reset, timeout, draining, tls
        /// The account was suspended or its password changed.
        case dismissed
        case plaintextBehindSTARTTLS = "starttls_injection"
        case badCompression = "bad_compression"
        case lineLimit = "line_limit"
        /// Its login or its message took too long.
        case tooSlow = "too_slow"
        /// The server had enough: too many wrong commands, too much to skip, a reply after which nothing follows.
        case limit

        init(_ error: any Error) {
            switch error as? ConnectionError {
            case .timedOut: self = .timeout
            case .tooSlow: self = .tooSlow
            case .draining: self = .draining
            case .dismissed: self = .dismissed
            case .tls: self = .tls
            case .badCompression: self = .badCompression
            case .plaintextAfterSTARTTLS: self = .plaintextBehindSTARTTLS
            case .lineTooLong, .endlessLine: self = .lineLimit
            case .closed: self = .closed
            case .reset, .connectFailed: self = .reset
            case nil: self = .limit
            }
        }

        /// Ends that are counted as limits.
        var counter: Counter? {
            switch self {
            case .timeout: .limitIdle
            case .lineLimit: .limitLine
            case .tooSlow: .limitDataRate
            case .limit: .limitBadCommands
            default: nil
            }
        }
    }
}

/// Around every conversation: counts it, and writes its first and its last line. Neither is inlined: between them a frame waits
/// for as long as the conversation lasts, and would keep place for what they need.
struct SessionWatch {
    let connection: Connection
    let services: SessionServices
    private let watch = Stopwatch()

    init(connection: Connection, services: SessionServices) {
        self.connection = connection
        self.services = services
    }

    private var service: MetricService? { MetricService(named: connection.service) }

    @inline(never)
    func began() {
        services.metrics.sessionBegan(service)
        services.attempts?.began(connection)
        log("connect", connection.tls.map { [("tls", $0.version)] } ?? [])
    }

    @inline(never)
    func ended(_ end: SessionEnd) {
        services.metrics.sessionEnded(service, after: watch)
        services.attempts?.ended(connection, end)
        if let counter = end.reason.counter { services.metrics.add(counter) }
        log(
            "end", [("reason", end.reason.rawValue)] + (end.user.map { [("user", $0)] } ?? []),
            [
                ("secs", Int64(clamping: watch.microseconds / 1_000_000)), ("cmds", Int64(end.commands)),
                ("msgs", Int64(end.messages)), ("in", Int64(connection.octetsIn)), ("out", Int64(connection.octetsOut)),
            ])
    }

    private func log(_ event: String, _ fields: [(String, String)], _ numbers: [(String, Int64)] = []) {
        services.log.event(event, on: connection, fields, numbers: numbers)
    }
}

extension SessionLog {
    /// With the peer and the session's id.
    func event(
        _ name: String, on connection: Connection, _ fields: [(String, String)] = [],
        numbers: [(String, Int64)] = []
    ) {
        event(
            name, peer: connection.peer.ip.description, fields + [("sid", connection.id.description)], numbers: numbers)
    }

    func problem(_ name: String, on connection: Connection, _ fields: [(String, String)] = []) {
        problem(name, peer: connection.peer.ip.description, fields + [("sid", connection.id.description)])
    }
}
