import Glibc
import MailConfig
import MailCrypto
import MailSessions
import MailShared
import MailSupervisor
import MailTool
import MailTransport

/// The life of the supervisor: ports, then no more root, then workers.
struct Supervising {
    private let configuration: Configuration
    private let loader: ConfigurationLoader
    private let announces: Bool

    init(_ configuration: Configuration, loader: ConfigurationLoader, announces: Bool) {
        self.configuration = configuration
        self.loader = loader
        self.announces = announces
    }

    func run() throws(ToolError) {
        let code: Int32
        do {
            code = try (Handover.take().map(takeOver) ?? begin()).run()
        } catch let error as ToolError {
            throw error
        } catch {
            throw ToolError(.internalError, "system", "\(error)")
        }
        exit(code)
    }

    private func begin() throws -> Supervisor {
        try Startup.check(configuration)
        let store = configuration.server.store
        do { try StoreLock.check(store) } catch { throw Self.locked(error, store) }
        let inherited = try Startup.inheritedPorts(configuration)
        let sockets = try Startup.openPorts(configuration, inherited: inherited)
        try Startup.becomeUser(configuration)
        let lock: StoreLock
        do { lock = try StoreLock.take(in: store) } catch { throw Self.locked(error, store) }
        let secrets = SharedSecrets(tickets: randomBytes(TLSTicketKeys.length), login: randomBytes(32))
        return try Supervisor(
            store: store, lock: lock, shape: Self.shape(configuration), sockets: sockets, secrets: secrets,
            shared: SharedRegion.create(), hooks: hooks)
    }

    /// After an upgrade: an older program's shared memory may have another layout, and then the new workers begin at zero.
    private func takeOver(_ handover: Handover) throws -> Supervisor {
        let shared: SharedRegion
        do { shared = try SharedRegion(descriptor: handover.shared) } catch { shared = try SharedRegion.create() }
        return try Supervisor(handover, store: configuration.server.store, shared: shared, hooks: hooks)
    }

    private static func locked(_ failure: StoreLock.Failure, _ store: String) -> ToolError {
        switch failure {
        case .held(let pid):
            let who = pid.map { " (pid \($0))" } ?? ""
            return ToolError(
                .tryAgain, "running", "another mail-serve\(who) serves the store at \(store)",
                hint: "see mail-serve --status; end it with mail-serve --drain")
        case .system(let error):
            return ToolError(
                .unavailable, "store", "cannot open the store at \(store): \(error)",
                hint: access(store, F_OK) == 0 ? nil : "make one with mailctl store init")
        }
    }

    // MARK: What the supervisor needs of us

    private var hooks: SupervisorHooks {
        let log = SessionLog(StderrLog.logger(configuration.log), service: "supervisor")
        let systemd = SystemdLink()
        return SupervisorHooks(
            load: { () throws(RequestRefusal) in try reloaded() },
            log: { level, event, fields in
                switch level {
                case .event: log.event(event, peer: "-", fields)
                case .problem: log.problem(event, peer: "-", fields)
                }
            },
            tell: { news in
                systemd.tell(news)
                if case .ready(let sockets) = news, announces {
                    try? ReadyLine(store: configuration.server.store, config: loader.file.path).write(sockets)
                }
            }, rotated: { TLSTicketKeys($0)?.rotated().bytes ?? TLSTicketKeys.random().bytes },
            aliveEvery: systemd.aliveEvery)
    }

    private func reloaded() throws(RequestRefusal) -> ServerShape {
        do {
            let next = try loader.load()
            guard next.server.store == configuration.server.store else {
                throw RequestRefusal(.configuration, "store_changed", "server.store has changed; that takes a restart")
            }
            return Self.shape(next)
        } catch let refusal as RequestRefusal {
            throw refusal
        } catch {
            throw RequestRefusal(.configuration, "configuration", Startup.words(error))
        }
    }

    static func shape(_ configuration: Configuration) -> ServerShape {
        var fixed = configuration
        fixed.tls = Configuration().tls
        var rules = WorkerRules()
        rules.silence = .seconds(configuration.server.workerTimeout)
        rules.drain = .seconds(configuration.server.drain)
        var shape = ServerShape(
            text: configuration.text, fixedText: fixed.text,
            certificates: PlanBuilder.identities(configuration).map {
                CertificateFiles(certificate: $0.certificateFile, key: $0.keyFile)
            },
            seats: workers(configuration).seats, ports: PlanBuilder.allPorts(configuration), rules: rules)
        shape.ticketRotation = .seconds(configuration.tls.ticketRotation)
        return shape
    }

    static func workers(_ configuration: Configuration) -> WorkerPlan {
        let services = Set(PlanBuilder.wantedPorts(configuration).map(\.service))
        return WorkerPlan(
            services: services, imapWorkers: configuration.server.imapWorkers,
            cores: Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), hasMonitor: true,
            hasIdentity: !configuration.identity.active.isEmpty || IdentityDeskBuilder(configuration).isNeeded)
    }
}
