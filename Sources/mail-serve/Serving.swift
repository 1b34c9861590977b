import Dispatch
import Glibc
import Logging
import MailConfig
import MailSessions
import MailStore
import MailTool
import MailTransport

/// The life of the server: start, announce, obey signals, drain.
struct Serving {
    private let configuration: Configuration
    private let loader: ConfigurationLoader
    private let announces: Bool

    init(_ configuration: Configuration, loader: ConfigurationLoader, announces: Bool) {
        self.configuration = configuration
        self.loader = loader
        self.announces = announces
    }

    func run() async throws {
        try Startup.check(configuration)
        DescriptorLimit.raise()
        for problem in [DescriptorLimit.problem(configuration), Startup.rootProblem(configuration)].compactMap({ $0 }) {
            StandardError.write("mail-serve: warning: \(problem)\n")
        }
        let signals = Signals()
        _ = try Monitoring.address(configuration)
        let ports = try Startup.takePorts(configuration)
        let server = try open(ports)
        let bound: [MailServer.BoundPort]
        do {
            bound = try await server.start()
        } catch {
            await server.drain()
            throw failure(error)
        }
        let monitor: MonitorServer
        do {
            monitor = try await Monitoring.start(configuration, server.region)
        } catch {
            await server.drain()
            throw error
        }
        if announces { try announce(bound) }
        for await signal in signals.stream {
            guard signal == SIGHUP else { break }
            reload(server)
        }
        await server.drain()
        await monitor.stop()
    }

    private func open(_ ports: [MailPort]) throws(ToolError) -> MailServer {
        let logger = StderrLog.logger(configuration.log)
        do {
            let secret = try SaltSecret.load(in: configuration.server.store)
            return try MailServer(
                plan: PlanBuilder.plan(configuration, ports: ports, saltSecret: secret), logger: logger)
        } catch let error as ToolError {
            throw error
        } catch let error as TLSError {
            throw ToolError(.configuration, "tls", error.description)
        } catch {
            throw ToolError(
                .unavailable, "store", "cannot open the store at \(configuration.server.store): \(error)",
                hint: access(configuration.server.store, F_OK) == 0 ? nil : "make one with mailctl store init")
        }
    }

    /// The configuration's certificates again; everything else takes a restart.
    private func reload(_ server: MailServer) {
        do {
            let identities = PlanBuilder.identities(try loader.load())
            guard !identities.isEmpty else { throw TLSError("tls.certificate is not set any more") }
            if let problem = identities.lazy.compactMap({ KeyFile.problem($0.keyFile) }).first {
                throw TLSError(problem)
            }
            try server.reload(identities: identities)
        } catch {
            let cause = (error as? ConfigurationError)?.problems.first?.description ?? "\(error)"
            StandardError.write("mail-serve: warning: the old certificates stay in use: \(cause)\n")
        }
    }

    private func announce(_ bound: [MailServer.BoundPort]) throws(ToolError) {
        var ports: [(String, JSONValue)] = []
        for port in bound where !ports.contains(where: { $0.0 == port.service.rawValue }) {
            ports.append((port.service.rawValue, .integer(Int64(port.port))))
        }
        let host = bound.first?.host ?? "localhost"
        let line = JSONValue.object([
            ("v", .integer(1)), ("host", .text(host == "*" ? "127.0.0.1" : host)), ("ports", .object(ports)),
            ("store", .text(configuration.server.store)), ("config", .text(loader.file.path)),
            ("pid", .integer(Int64(getpid()))),
        ])
        try StandardOutput.shared.write(line.compact + "\n")
        try StandardOutput.shared.flush()
    }

    private func failure(_ error: ListenError) -> ToolError {
        switch error {
        case .badAddress(let text): return ToolError(.configuration, "address", "cannot listen on \(text)")
        case .needsTLS(let service):
            return ToolError(.configuration, "no_certificate", "\(service) needs a certificate")
        case .stopped: return ToolError(.internalError, "internal", "stopped while starting")
        case .cannotListen(let service, let address, let reason):
            let number = address.split(separator: ":").last.flatMap { Int($0) }
            let owner = number.flatMap { PortOwner.find(port: $0) }.map { ", used by \($0)" } ?? ""
            return ToolError(.unavailable, "port", "\(service) cannot listen on \(address): \(reason)\(owner)")
        }
    }
}

/// SIGTERM, SIGINT and SIGHUP as a stream.
final class Signals {
    let stream: AsyncStream<Int32>
    private let sources: [any DispatchSourceSignal]

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        self.stream = stream
        sources = [SIGTERM, SIGINT, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            return source
        }
    }
}
