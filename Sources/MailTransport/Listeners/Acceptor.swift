import MailNetwork
import NIOCore

/// What happens to a connection of one listener before and after its session.
final class Acceptor: Sendable {
    private let plan: ListenerPlan
    private let tls: TLSServerContext?
    private let limits: ConnectionLimits
    private let ledger: ConnectionLedger
    private let overload: OverloadGuard
    private let blocked: BlockGuard
    let reserve = DescriptorReserve()
    private let onEvent: @Sendable (TransportEvent) -> Void
    private let onArrival: @Sendable (ConnectionOrigin) -> Void
    private let onConnection: @Sendable (Connection) async -> Void

    init(
        _ plan: ListenerPlan, _ tls: TLSServerContext?, _ limits: ConnectionLimits, _ ledger: ConnectionLedger,
        _ overload: OverloadGuard, _ blocked: BlockGuard, onEvent: @escaping @Sendable (TransportEvent) -> Void,
        onArrival: @escaping @Sendable (ConnectionOrigin) -> Void,
        onConnection: @escaping @Sendable (Connection) async -> Void
    ) {
        (self.plan, self.tls, self.limits, self.ledger, self.overload) = (plan, tls, limits, ledger, overload)
        self.blocked = blocked
        self.onEvent = onEvent
        self.onArrival = onArrival
        self.onConnection = onConnection
    }

    /// The accepted channel, before it is active.
    func prepare(_ channel: any Channel, _ resources: LoopResources) throws {
        let connection = Connection(
            channel, on: resources, service: plan.service, peer: .unknown, local: .unknown,
            idleSeconds: limits.idleSeconds)
        connection.acceptor = self
        connection.state.handshakeSeconds = limits.handshakeSeconds
        try ConnectionOptions.apply(to: channel)
        try channel.pipeline.syncOperations.addHandler(ConnectionHandler(connection))
    }

    func becameActive(_ connection: Connection) {
        connection.learnAddresses()
        guard !reserve.isReleased, !overload.isOver else { return refuse(connection, .overloaded) }
        guard ledger.enter(connection) else { return refuse(connection, .tooManyConnections) }
        guard plan.proxyProtocolFrom.contains(where: { $0.contains(connection.peer.ip) }) else {
            return proceed(connection)
        }
        if let deadline = connection.state.deadline {
            connection.resources.wheel.set(deadline, after: .seconds(Int64(clamping: limits.proxyHeaderSeconds)))
        }
        do {
            try connection.way.channel.pipeline.syncOperations.addHandler(ProxyHeaderHandler(), position: .first)
        } catch {
            connection.failed(error)
        }
    }

    func proxied(_ connection: Connection, _ header: ProxyHeader) {
        if let source = header.source { (connection.state.proxy, connection.peer) = (connection.peer, source) }
        if let destination = header.destination { connection.local = destination }
        proceed(connection)
    }

    private func proceed(_ connection: Connection) {
        let ip = connection.peer.ip
        if blocked.blocks(ip) { return refuse(connection, .blocked) }
        if !limits.exempt.contains(where: { $0.contains(ip) }) {
            if let reason = ledger.enter(from: ip) { return refuse(connection, reason) }
            connection.state.countedAddress = ip
        }
        onArrival(connection.origin)
        guard plan.security == .implicit, let tls else { return connection.open() }
        do {
            connection.beginHandshake(try TLSHandler(server: tls))
        } catch {
            connection.failed(error)
        }
    }

    /// Last words go out in plaintext only: a handshake would cost more than the connection is worth.
    private func refuse(_ connection: Connection, _ reason: Refusal) {
        onEvent(.refused(connection.origin, reason))
        if plan.security != .implicit, let words = plan.refusal?(reason) { connection.write(words) }
        connection.close()
    }

    func begin(_ connection: Connection) { connection.start(onConnection) }

    /// Before the session, or at its STARTTLS.
    func setupFailed(_ connection: Connection, _ error: ConnectionError) {
        if case .none = connection.encryption, connection.state.phase == .setup {
            let reason = connection.state.proxyFailure ?? "\(error)"
            onEvent(.proxyHeaderRefused(connection.origin, reason: reason))
        } else {
            let reason = if case .tls(let text) = error { text } else { "\(error)" }
            let handler: TLSHandler? = if case .openSSL(let own) = connection.encryption { own } else { nil }
            onEvent(.handshakeFailed(connection.origin, FailedHandshake(reason, of: handler)))
        }
    }

    func acceptFailed(_ error: any Error) { onEvent(.acceptFailed(service: plan.service, reason: ErrorText.of(error))) }

    func closed(_ connection: Connection) {
        ledger.leave(connection, from: connection.state.countedAddress)
        reserve.retake()
    }
}

/// The options of every connection, accepted or dialled.
enum ConnectionOptions {
    /// Output beyond `high` makes `drain` wait until it is below `low`.
    static let waterMark = ChannelOptions.Types.WriteBufferWaterMark(low: 65_536, high: 262_144)
    static let smallestRead = 512
    static let largestRead = 65_536

    static func apply(to channel: any Channel) throws {
        guard let options = channel.syncOptions else { return }
        try options.setOption(.autoRead, value: false)
        try options.setOption(.allowRemoteHalfClosure, value: true)
        try options.setOption(.writeBufferWaterMark, value: waterMark)
        try options.setOption(.maxMessagesPerRead, value: 1)
        try options.setOption(.recvAllocator, value: SparingReads(smallest: smallestRead, largest: largestRead))
        // A peer would else lose 40 ms to Nagle's algorithm with each TLS 1.3 ticket. Fails on a socket that is reset already.
        try? options.setOption(.tcpOption(.tcp_nodelay), value: 1)
    }
}
