package import Logging

/// Where conversations tell what happens: one line per event.
///
/// Nobody passes it passwords, SASL payloads or subjects; what it is given is escaped, so a peer cannot forge a line.
package struct SessionLog: Sendable {
    private let logger: Logger
    private let service: String

    package init(_ logger: Logger, service: String) {
        self.logger = logger
        self.service = service
    }

    /// The same log for another service, as composed by the server for each listener.
    package func named(_ service: String) -> SessionLog { SessionLog(logger, service: service) }

    package func event(
        _ name: String, peer: String, _ fields: [(String, String)] = [], numbers: [(String, Int64)] = []
    ) {
        write(Self.level(of: name), name, peer, fields, numbers)
    }

    /// Something an administrator should look at.
    package func problem(
        _ name: String, peer: String, _ fields: [(String, String)] = [], numbers: [(String, Int64)] = []
    ) {
        write(.error, name, peer, fields, numbers)
    }

    private func write(
        _ level: Logger.Level, _ name: String, _ peer: String, _ fields: [(String, String)],
        _ numbers: [(String, Int64)]
    ) {
        guard level >= logger.logLevel else { return }
        let record = LogRecord(service: service, peer: peer, event: name, fields: fields, numbers: numbers)
        // A handler of ours takes the record, any other one the line.
        logger.log(
            level: level, "\(record)", metadata: [Self.recordKey: .stringConvertible(record)], source: "posthus")
    }

    /// The key under which the record travels to the handler.
    package static let recordKey = "record"

    /// What is refused stands out from what goes well; what nobody needs from day to day is left to `log.level = debug`.
    private static func level(of event: String) -> Logger.Level {
        switch event {
        case "auth_fail", "refused", "tls_fail", "proxy_fail", "limit", "bare_line_ending": .notice
        case "connect": .debug
        default: .info
        }
    }
}
