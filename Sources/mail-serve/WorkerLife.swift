import Dispatch
import Glibc
import MailConfig
import MailSessions
import MailShared
import MailStore
import MailSupervisor
import MailTool
import MailTransport

/// A worker's life: serve until the supervisor says otherwise, or is there no more.
struct WorkerLife: Sendable {
    static let heartbeatSeconds = 2

    private enum Event: Sendable {
        case order(WorkerOrder)
        /// The supervisor has gone, or SIGTERM came: the same good order.
        case end
    }

    private let worker: WorkerMain

    init(_ worker: WorkerMain) { self.worker = worker }

    func run() async -> Never {
        do { try await serve() } catch { WorkerMain.end(error) }
        worker.channel.send(WorkerMessage.drained.bytes)
        exit(ExitStatus.ok.rawValue)
    }

    private func serve() async throws {
        let events = events()
        switch worker.assignment.seat.role {
        case .monitor: return try await watch(events)
        case .identity: return try await askAboutPersons(events)
        case .smtp, .imap, .pop3, .relay, .web: break
        }
        let server = try ServerOpening.open(try plan(), StderrLog.logger(worker.configuration.log, role: role))
        try await ServerOpening.start(server)
        let channel = worker.channel
        channel.send(WorkerMessage.ready.bytes)
        server.beat(everySeconds: Self.heartbeatSeconds) { connections in
            channel.send(WorkerMessage.heartbeat(connections: connections).bytes)
        }
        orders: for await event in events {
            switch event {
            case .order(.reload(let files)):
                channel.send(WorkerMessage.reloaded(refusal: reload(server, files)).bytes)
            case .order(.tickets(let keys)): if let keys = TLSTicketKeys(keys) { server.rotate(to: keys) }
            case .order(.drain), .end: break orders
            }
        }
        await server.drain()
    }

    private var role: String { worker.assignment.seat.role.rawValue }

    private var sockets: [ListeningSocket] {
        worker.assignment.sockets.map {
            ListeningSocket(
                wanted: WantedPort(service: $0.service, host: $0.host, port: $0.port), host: $0.host, port: $0.port,
                descriptor: $0.descriptor)
        }
    }

    private func plan() throws(ToolError) -> ServerPlan {
        let (configuration, assignment) = (worker.configuration, worker.assignment)
        var plan = PlanBuilder.plan(
            configuration, ports: PlanBuilder.ports(configuration, on: sockets),
            saltSecret: try SaltSecret.load(in: configuration.server.store))
        plan.storeOptions.returnSecret = try SaltSecret.load(
            in: configuration.server.store, name: SaltSecret.returns)
        if let keys = TLSTicketKeys(assignment.secrets.tickets) { plan.ticketKeys = keys }
        plan.seat = SharedSeat(worker.shared, slot: assignment.slot, secret: assignment.secrets.login)
        plan.role = MetricRole(named: role) ?? .all
        plan.runsUpkeep = assignment.seat.role == .smtp
        // What dials out has no port, and so no need of our keys.
        if assignment.seat.role == .relay { plan.identities = [] } else { plan.relay = nil }
        return plan
    }

    /// The monitor's life: figures out of the shared memory, and no store.
    private func watch(_ events: AsyncStream<Event>) async throws {
        let metrics = Metrics(worker.shared.metrics(slot: worker.assignment.slot))
        metrics.begin(role: .monitor, pid: Int(getpid()), startedAt: Int(systemClock()))
        let roles = Set(Supervising.workers(worker.configuration).seats.map(\.role))
            .compactMap { MetricRole(named: $0.rawValue) }
        let monitor = try await Monitoring.start(worker.configuration, worker.shared, sockets, roles: roles)
        let (pulse, channel) = (WorkerPulse(metrics), worker.channel)
        pulse.start()
        channel.send(WorkerMessage.ready.bytes)
        let heart = heart()
        orders: for await event in events {
            switch event {
            case .order(.reload): channel.send(WorkerMessage.reloaded(refusal: nil).bytes)
            case .order(.tickets): break
            case .order(.drain), .end: break orders
            }
        }
        heart.cancel()
        await pulse.stop()
        await monitor.stop()
    }

    private func heart() -> Task<Void, Never> {
        let channel = worker.channel
        return Task.detached {
            while !Task.isCancelled {
                channel.send(WorkerMessage.heartbeat(connections: 0).bytes)
                try? await Task.sleep(for: .seconds(Self.heartbeatSeconds))
            }
        }
    }

    /// The identity worker's life: a store, and no port.
    private func askAboutPersons(_ events: AsyncStream<Event>) async throws {
        let persons = try PersonsLife(worker.configuration)
        try persons.start()
        let channel = worker.channel
        channel.send(WorkerMessage.ready.bytes)
        let heart = heart()
        orders: for await event in events {
            switch event {
            case .order(.reload): channel.send(WorkerMessage.reloaded(refusal: nil).bytes)
            case .order(.tickets): break
            case .order(.drain), .end: break orders
            }
        }
        heart.cancel()
        await persons.stop()
    }

    /// Why the old certificates stay; nil when the new ones are in use.
    private func reload(_ server: MailServer, _ files: [CertificateFiles]) -> String? {
        do {
            try server.reload(
                identities: files.map { TLSIdentity(certificateFile: $0.certificate, keyFile: $0.key) })
            return nil
        } catch {
            return error.description
        }
    }

    /// A thread of its own waits for orders, whatever the event loops do.
    private func events() -> AsyncStream<Event> {
        let (stream, continuation) = AsyncStream.makeStream(of: Event.self)
        let channel = worker.channel
        DispatchQueue(label: "control").async {
            while case .message(let bytes) = channel.receive(waits: true) {
                if let order = WorkerOrder(bytes) { continuation.yield(.order(order)) }
            }
            continuation.yield(.end)
        }
        let signals = Signals([SIGTERM])
        Task.detached {
            for await _ in signals.stream { continuation.yield(.end) }
        }
        return stream
    }
}
