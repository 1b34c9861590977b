import MailNetwork
import MailShared
import MailTransport
import Synchronization

/// Answers each line with `OK <line>`; knows a few commands that the tests need.
actor EchoSession {
    private let connection: Connection
    private let tls: TLSServerContext?
    nonisolated var unownedExecutor: UnownedSerialExecutor { connection.executor.asUnownedSerialExecutor() }

    init(_ connection: Connection, tls: TLSServerContext? = nil) {
        self.connection = connection
        self.tls = tls
    }

    /// The error that ended the session; nil after QUIT or the end of input.
    func serve(limit: Int = 1000) async -> ConnectionError? {
        connection.write("hello \(connection.peer.ip)\r\n")
        while true {
            do throws(ConnectionError) {
                guard let line = try await connection.readLine(limit: limit) else { return nil }
                if try await answer(String(decoding: line.bytes, as: UTF8.self)) { return nil }
            } catch ConnectionError.lineTooLong {
                connection.write("too long\r\n")
            } catch {
                connection.write("bye \(error)\r\n")
                return error
            }
        }
    }

    private func answer(_ line: String) async throws(ConnectionError) -> Bool {
        switch line.split(separator: " ").first {
        case "QUIT":
            connection.write("bye\r\n")
            return true
        case "STARTTLS":
            guard let tls else { connection.write("no\r\n"); return false }
            connection.write("go\r\n")
            try await connection.startTLS(tls)
        case "COMPRESS":
            connection.write("go\r\n")
            try connection.startCompression()
        case "BIND":
            for kind in ChannelBinding.allCases {
                connection.write("\(kind.name) \(connection.channelBinding(kind).map { "\($0)" } ?? "none")\r\n")
            }
        case "TLS":
            let info = connection.tls
            connection.write(
                "\(info?.version ?? "none") \(info?.serverName ?? "-") \(info?.alpn ?? "-") \(info?.resumed ?? false)\r\n"
            )
        case "BIG":
            for _ in 0..<(Int(line.dropFirst(4)) ?? 0) {
                connection.write([UInt8](repeating: 0x78, count: 65_536))
                try await connection.drain()
            }
            connection.write("\r\n")
        case "SIZE":
            connection.write("\(line.utf8.count)\r\n")
        default:
            connection.write("OK \(line)\r\n")
        }
        return false
    }
}

/// Listeners with one echo service on a free port, taken down by `stop`.
struct EchoServer {
    let listeners: Listeners
    let port: Int
    let events: Events
    let endings: Endings

    final class Events: Sendable {
        private let list = Mutex<[TransportEvent]>([])
        func add(_ event: TransportEvent) { list.withLock { $0.append(event) } }
        var all: [TransportEvent] { list.withLock { $0 } }
    }

    final class Arrivals: Sendable {
        private let list = Mutex<[ConnectionOrigin]>([])
        func add(_ origin: ConnectionOrigin) { list.withLock { $0.append(origin) } }
        var all: [ConnectionOrigin] { list.withLock { $0 } }
    }

    final class Endings: Sendable {
        private let list = Mutex<[ConnectionError?]>([])
        func add(_ ending: ConnectionError?) { list.withLock { $0.append(ending) } }
        var all: [ConnectionError?] { list.withLock { $0 } }
    }

    init(
        host: String = "127.0.0.1", security: ListenerPlan.Security = .none, tls: TLSServerContext? = nil,
        limits: ConnectionLimits = .init(proxyHeaderSeconds: 60), proxies: [AddressPrefix] = [], lineLimit: Int = 1000,
        refusal: (@Sendable (Refusal) -> String?)? = nil, seat: SharedSeat? = nil,
        onArrival: @escaping @Sendable (ConnectionOrigin) -> Void = { _ in }
    ) async throws {
        let (events, endings) = (Events(), Endings())
        listeners = Listeners(threads: 2, limits: limits, seat: seat, onArrival: onArrival) { events.add($0) }
        let plan = ListenerPlan(
            service: "echo", host: host, port: 0, security: security, proxyProtocolFrom: proxies, refusal: refusal)
        port = try await listeners.listen(plan, tls: tls) { connection in
            endings.add(await EchoSession(connection, tls: tls).serve(limit: lineLimit))
        }
        (self.events, self.endings) = (events, endings)
    }

    func connect(_ security: Dialer.Security = .plaintext, host: String = "127.0.0.1") async throws(ConnectionError)
        -> Connection
    {
        try await Dialer.connect(host: host, port: port, security: security, timeoutSeconds: 10)
    }

    func stop() async { await listeners.shutDown() }
}

extension Connection {
    /// For tests on any thread: writes, then reads so many lines.
    func ask(_ text: String, lines: Int = 1) async throws -> [String] {
        try await run { connection in
            connection.write(text)
            var answers: [String] = []
            while answers.count < lines, let line = try await connection.readLine(limit: 1_000_000) {
                answers.append(String(decoding: line.bytes, as: UTF8.self))
            }
            return answers
        }
    }

    func end() async { await run { $0.close() } }
}

/// Waits until a condition holds, at most ten seconds.
func eventually(_ condition: () -> Bool) async -> Bool {
    let end = ContinuousClock.now + .seconds(60)
    while !condition() {
        guard ContinuousClock.now < end else { return false }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return true
}
