import Dispatch
import Glibc
import MailAdmin
import MailConfig
import MailSessions
import MailStore
import MailSupervisor
import MailTool
import MailTransport

/// `--single-process`: the whole server here. Start, announce, obey signals, drain.
struct Serving: Sendable {
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
        let signals = Signals([SIGTERM, SIGINT, SIGHUP])
        let sockets = try Startup.openPorts(configuration)
        try Startup.becomeUser(configuration)
        let secret = try SaltSecret.load(in: configuration.server.store)
        let ports = PlanBuilder.ports(configuration, on: sockets)
        var plan = PlanBuilder.plan(configuration, ports: ports, saltSecret: secret)
        plan.storeOptions.returnSecret = try SaltSecret.load(
            in: configuration.server.store, name: SaltSecret.returns)
        let desk = try openDesk()
        defer { desk?.close() }
        let server = try ServerOpening.open(plan, StderrLog.logger(configuration.log))
        try await ServerOpening.start(server)
        let monitor: MonitorServer
        do {
            monitor = try await Monitoring.start(configuration, server.region, sockets)
        } catch {
            await server.drain()
            throw error
        }
        if announces {
            try ReadyLine(store: configuration.server.store, config: loader.file.path).write(sockets)
        }
        let rotation = rotateTickets(of: server, plan.ticketKeys)
        let persons = PersonsWatch(
            configuration.identity, server.store,
            SessionLog(StderrLog.logger(configuration.log), service: "identity"))
        persons.start()
        for await signal in signals.stream {
            guard signal == SIGHUP else { break }
            reload(server)
        }
        rotation.cancel()
        await persons.stop()
        await server.drain()
        await monitor.stop()
    }

    /// Programs and the provider are asked from this very process, over the same socket.
    private func openDesk() throws(ToolError) -> ServiceSocket? {
        let builder = IdentityDeskBuilder(configuration)
        guard builder.isNeeded else { return nil }
        let desk = try builder.desk()
        do throws(StoreError) {
            return try desk.open(store: configuration.server.store)
        } catch {
            throw ToolError(.unavailable, "identity", "the pages cannot ask about people: \(error)")
        }
    }

    private func rotateTickets(of server: MailServer, _ first: TLSTicketKeys) -> Task<Void, any Error> {
        Task.detached { [seconds = configuration.tls.ticketRotation] in
            var keys = first
            while true {
                try await Task.sleep(for: .seconds(seconds))
                keys = keys.rotated()
                server.rotate(to: keys)
            }
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
}

/// Signals as a stream.
final class Signals: Sendable {
    let stream: AsyncStream<Int32>
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    init(_ numbers: [Int32]) {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        self.stream = stream
        sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            return source
        }
    }
}
