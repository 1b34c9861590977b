import Glibc
package import Logging
import MailAdmin
import MailCrypto
import MailDelivery
import MailDial
import MailFilter
package import MailIdentity
import MailNetwork
import MailRelay
package import MailShared
package import MailStore
package import MailTransport
import MailWeb
import Synchronization

/// A server of one process, or one worker of several: store, logins, certificates, ports and the queue.
///
/// `init` opens and checks, `start` listens, `reload` takes new certificates, `drain` ends in good order.
package final class MailServer: Sendable {
    /// A port that is open now.
    package struct BoundPort: Sendable, Equatable {
        package let service: MailService
        package let host: String
        package let port: Int
    }

    package let plan: ServerPlan
    package let store: MailStore
    package let authenticator: Authenticator
    private let log: SessionLog
    private let pool: BlockingPool
    /// Wait for whoever knows the organisation's people; nil: nobody is asked.
    private let askers: BlockingPool?
    let tls: TLSServerContext?
    private let listeners: Listeners
    private let relay: Relay?
    /// Asked about other domains.
    let names: NameService
    private let filters: FilterServices?
    private let logins: LoginRegister
    let attempts: AttemptLog
    private let blocks: BlockWatch
    private let presence: PresenceSocket
    /// What this server and its fellow workers count, for whoever watches.
    package let region: SharedRegion
    private let metrics: Metrics
    private let pulse: WorkerPulse
    private let sampler: StatisticsSampler?
    private let lag = Mutex<LoopLag?>(nil)

    /// Throws `StoreError`, `TLSError` or `SharedRegionError`: nothing is listening yet, and nothing is left open.
    package init(plan: ServerPlan, logger: Logger) throws {
        self.plan = plan
        log = SessionLog(logger, service: "server")
        tls =
            plan.identities.isEmpty
            ? nil : try TLSServerContext(identities: plan.identities, ticketKeys: plan.ticketKeys)
        let seat = try plan.seat ?? .alone(secret: randomBytes(Digest.sha256Length))
        let metrics = Metrics(seat.region.metrics(slot: seat.slot))
        metrics.begin(role: plan.role, pid: Int(getpid()), startedAt: Int(systemClock()))
        (region, self.metrics) = (seat.region, metrics)
        var options = plan.storeOptions
        options.metrics = metrics
        store = try MailStore(at: plan.storePath, options: options)
        pool = BlockingPool(threads: plan.blockingThreads)
        let asks = plan.ports.contains { $0.service == .https } && plan.web?.asksOrganisation == true
        askers = asks ? BlockingPool(threads: OrganisationLogin.threads) : nil
        authenticator = Authenticator(store: store, pool: pool, policy: plan.login, seat: seat)
        let attempts = AttemptLog()
        self.attempts = attempts
        listeners = Listeners(
            threads: plan.threads, limits: plan.connections, seat: seat, onArrival: { attempts.arrived($0) }
        ) { [log] in
            metrics.note($0)
            log.note($0)
            attempts.note($0)
        }
        let blocks = BlockWatch(directory: store.directory, listeners: listeners)
        self.blocks = blocks
        logins = LoginRegister(store.directory) { await blocks.refresh() }
        presence = PresenceSocket(store: plan.storePath)
        pulse = WorkerPulse(metrics, store: plan.runsUpkeep ? store : nil)
        sampler = plan.runsUpkeep ? StatisticsSampler(store, seat) : nil
        names = NameService(server: plan.nameServer)
        let takesMail = plan.ports.contains { $0.service.takesMail }
        filters =
            takesMail ? plan.filters.services(store: store, hostName: plan.settings.hostName, names: names) : nil
        let queueLog = log.named("queue")
        relay = try plan.relay?.relay(
            store: store, serverName: plan.settings.hostName, names: names,
            note: {
                metrics.note($0)
                queueLog.note($0)
            },
            localNote: {
                metrics.note($0)
                queueLog.note($0)
            })
    }

    /// Opens every port. When one cannot be opened the server is of no use: the caller says so and drains.
    package func start() async throws(ListenError) -> [BoundPort] {
        for warning in tls?.warnings ?? [] { log.problem("certificate", peer: "-", [("cause", warning)]) }
        _ = await blocks.refresh()
        var bound: [BoundPort] = []
        for port in plan.ports { bound.append(try await open(port)) }
        if plan.runsUpkeep { store.startHousekeeping() }
        relay?.start()
        logins.start()
        openDoor(bound)
        noteCertificates()
        pulse.start()
        sampler?.start()
        lag.withLock { $0 = listeners.measureLag() }
        return bound
    }

    /// Signs of life from the event loops themselves: a loop that stands still ends them. Until `drain` has ended.
    package func beat(everySeconds seconds: Int, _ body: @escaping @Sendable (_ connections: Int) -> Void) {
        listeners.beat(everySeconds: seconds, body)
    }

    /// Reads the certificates again. When they are bad the old ones stay, and the error says why.
    package func reload(identities: [TLSIdentity]? = nil) throws(TLSError) {
        do {
            try tls?.reload(identities: identities)
        } catch {
            log.problem("reload_failed", peer: "-", [("cause", "\(error)")])
            throw error
        }
        noteCertificates(identities)
        log.event("reloaded", peer: "-", [("names", (tls?.serverNames ?? []).joined(separator: ","))])
    }

    /// The supervisor has made a new ticket key: see `TLSTicketKeys`.
    package func rotate(to keys: TLSTicketKeys) { tls?.rotate(to: keys) }

    /// Takes no new connections, lets sessions finish for a while, stops the queue and closes the store.
    package func drain() async {
        lag.withLock { $0?.stop() }
        await pulse.stop()
        // First what another worker takes over at once: it shall not wait for our last session.
        async let relayStops: Void = relay?.stop() ?? ()
        await listeners.drain(seconds: plan.drainSeconds)
        await relayStops
        await logins.stop()
        presence.close()
        await pool.shutDown()
        await askers?.shutDown()
        await filters?.close()
        await sampler?.stop()
        await store.close()
        await listeners.shutDown()
    }

    /// Without it the server serves all the same.
    private func openDoor(_ bound: [BoundPort]) {
        let ports = bound.map { AttemptMemory.Port(service: $0.service.rawValue, number: $0.port) }
        let door = SessionDoor(
            logins: logins, attempts: attempts, ports: ports, tls: tls, authenticator: authenticator)
        do { try presence.open(door.answer) } catch {
            log.problem("session_list", peer: "-", [("cause", "\(error)")])
        }
    }

    // MARK: Ports

    private func open(_ port: MailPort) async throws(ListenError) -> BoundPort {
        let (service, host) = (port.service, plan.settings.hostName)
        let listener = ListenerPlan(
            service: service.rawValue, host: port.host, port: port.port, security: service.security,
            proxyProtocolFrom: port.proxyProtocolFrom, descriptor: port.descriptor,
            refusal: { service.refusal(host, $0) })
        let context = tls?.offering(alpn: service.alpn)
        let serve = conversation(of: service, services(for: service, context))
        let number = try await listeners.listen(listener, tls: context, onConnection: serve)
        return BoundPort(service: service, host: port.host, port: number)
    }

    /// What one service's sessions stand on; also for tests, which bring their own connections.
    func services(for service: MailService, _ context: TLSServerContext?) -> SessionServices {
        SessionServices(
            store: store, authenticator: authenticator, delivery: LocalDelivery(store: store),
            resolver: RecipientResolver(store: store), pool: pool, tls: context, log: log.named(service.rawValue),
            settings: plan.settings, logins: logins, attempts: attempts, filters: service.takesMail ? filters : nil,
            sessions: AccountSessions(limit: plan.settings.limits.sessionsPerAccount, listeners: listeners),
            metrics: metrics)
    }

    private func noteCertificates(_ identities: [TLSIdentity]? = nil) {
        let facts = (identities ?? plan.identities).compactMap { try? CertificateFacts(file: $0.certificateFile) }
        guard let first = facts.map(\.secondsLeft).min() else { return }
        metrics.set(.certificateEndsAt, max(1, Int(systemClock()) + first))
    }

    func conversation(
        of service: MailService, _ services: SessionServices
    ) -> @Sendable (Connection) async -> Void {
        let session = session(of: service, services)
        return { connection in
            let watch = SessionWatch(connection: connection, services: services)
            watch.began()
            let end = await session(connection)
            // Here no actor runs any more, and bytes may still come in.
            await connection.run { _ in watch.ended(end) }
        }
    }

    private func session(
        of service: MailService, _ services: SessionServices
    ) -> @Sendable (Connection) async -> SessionEnd {
        let (receiving, submission) = (plan.receiving, plan.submission)
        return switch service {
        case .smtp: { await SMTPSession(connection: $0, services: services, policy: receiving).run() }
        case .submission, .submissions:
            { await SMTPSession(connection: $0, services: services, policy: submission).run() }
        case .imap, .imaps: { await IMAPSession(connection: $0, services: services).run() }
        case .pop3, .pop3s: { await POP3Session(connection: $0, services: services).run() }
        case .https:
            { [site = site(services)] in
                await HTTPSession(connection: $0, services: services, site: site).run()
            }
        }
    }

    private func site(_ services: SessionServices) -> WebSite {
        WebSite(
            plan.web ?? WebSettings(hostName: plan.settings.hostName), store: store, authenticator: authenticator,
            organisation: organisation, pool: pool, clock: services.clock
        ) { services.note($0) }
    }

    private var organisation: OrganisationDoor? {
        guard let askers, let web = plan.web else { return nil }
        return OrganisationDoor(
            OrganisationLogin(authenticator, pool: askers),
            DeskCall(store: plan.storePath, programSeconds: web.programSeconds))
    }
}
