import Glibc
import MailNetwork
package import MailShared
import NIOCore
import NIOPosix
import Synchronization

package enum ListenError: Error, Sendable, Equatable {
    case badAddress(String)
    case cannotListen(service: String, address: String, reason: String)
    case needsTLS(service: String)
    case stopped
}

/// The listening sockets of a process and the connections they accepted.
package final class Listeners: Sendable {
    private static let backlog: Int32 = 1024
    /// Times that a free port of IPv4 may turn out to be taken in IPv6.
    private static let portAttempts = 8

    /// To its own loop, back to the listening socket's, and to its own again, where it becomes active.
    private static let stepsOfAccepting = 3

    private static let onlyIPv6 = ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only)

    let loops: LoopSet
    private let limits: ConnectionLimits
    private let ledger: ConnectionLedger
    private let overload: OverloadGuard
    private let blocked = BlockGuard()
    private let onEvent: @Sendable (TransportEvent) -> Void
    private let onArrival: @Sendable (ConnectionOrigin) -> Void
    private let sockets = Mutex<[any Channel]?>([])  // nil once draining

    /// `onArrival`: whoever may stay, before TLS and before the session.
    package init(
        threads: Int = 2, limits: ConnectionLimits = .init(), seat: SharedSeat? = nil,
        onArrival: @escaping @Sendable (ConnectionOrigin) -> Void = { _ in },
        onEvent: @escaping @Sendable (TransportEvent) -> Void = { _ in }
    ) {
        let metrics = seat.map { Metrics($0.region.metrics(slot: $0.slot)) } ?? .off
        loops = LoopSet(threads: threads, metrics: metrics)
        ledger = ConnectionLedger(limits, seat: seat)
        overload = OverloadGuard(limits.overload)
        self.limits = limits
        self.onEvent = onEvent
        self.onArrival = onArrival
    }

    /// Connections that have not closed yet, in whatever state.
    package var openConnections: Int { ledger.count }

    /// Calls `body` again and again, each time after every event loop has had its turn.
    package func beat(everySeconds seconds: Int, _ body: @escaping @Sendable (_ connections: Int) -> Void) {
        LoopPulse(loops.all, every: .seconds(Int64(clamping: seconds))) { [ledger] in body(ledger.count) }.start()
    }

    /// Counts a session for an owner whom the sessions know; false when he has as many as he may, over all workers.
    package func enter(owner: Int64, limit: Int?) -> Bool { ledger.enter(owner: owner, limit: limit) }

    package func leave(owner: Int64) { ledger.leave(owner: owner) }

    /// Listens and returns the port. Each connection's function runs on its event loop, and the connection closes when it returns.
    @discardableResult
    package func listen(
        _ plan: ListenerPlan, tls: TLSServerContext? = nil, onConnection: @escaping @Sendable (Connection) async -> Void
    ) async throws(ListenError) -> Int {
        guard sockets.withLock({ $0 != nil }) else { throw .stopped }
        guard plan.security != .implicit || tls != nil else { throw .needsTLS(service: plan.service) }
        let acceptor = Acceptor(
            plan, tls, limits, ledger, overload, blocked, onEvent: onEvent, onArrival: onArrival,
            onConnection: onConnection)
        if let descriptor = plan.descriptor { return try await adopt(descriptor, plan, acceptor) }
        let addresses = try Self.addresses(of: plan.host)
        for _ in 1..<Self.portAttempts where plan.port == 0 && addresses.count > 1 {
            if let port = try? await bind(addresses, plan, acceptor) { return port }
        }
        return try await bind(addresses, plan, acceptor)
    }

    /// Stops accepting, tells the sessions (`ConnectionError.draining`), waits for them at most so long, then closes what is left.
    package func drain(seconds: Int) async {
        let listening = sockets.withLock { sockets in
            defer { sockets = nil }
            return sockets ?? []
        }
        await stopAccepting(listening)
        for connection in ledger.all { connection.drainSoon() }
        await waitForEnd(seconds: seconds)
        for connection in ledger.all { connection.abort() }
        await waitForEnd(seconds: Int(TLSHandler.closeSeconds))
    }

    /// After `drain`: ends the threads.
    package func shutDown() async {
        await drain(seconds: 0)
        try? await loops.group.shutdownGracefully()
    }

    /// NIO closes a connection without a word when its listening socket closes while it is on its way to a loop of its own.
    /// So nothing new is accepted first, then what was accepted arrives, and only then do the sockets close.
    private func stopAccepting(_ listening: [any Channel]) async {
        for socket in listening { try? await socket.setOption(.autoRead, value: false).get() }
        for _ in 0..<Self.stepsOfAccepting {
            for loop in loops.all { try? await loop.submit {}.get() }
        }
        for socket in listening { try? await socket.close() }
    }

    private func waitForEnd(seconds: Int) async {
        let end = ContinuousClock.now + .seconds(seconds)
        while ledger.count > 0, ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(20)) }
    }

    /// Whom nobody here serves from now on: newcomers are refused, and who is there goes at once.
    package func block(_ list: BlockList) {
        guard blocked.set(list) else { return }
        for connection in ledger.all { connection.abort { [blocked] in blocked.blocks($0) } }
    }

    // MARK: Sockets

    private static func addresses(of host: String) throws(ListenError) -> [IPAddress] {
        switch host {
        case "*": return [IPAddress(v4: 0), IPAddress(v6: 0, 0)]
        case "localhost": return [IPAddress(v4: 0x7f00_0001), IPAddress(v6: 0, 1)]
        default:
            guard let address = IPAddress(host) else { throw .badAddress(host) }
            return [address]
        }
    }

    /// All of the addresses on one port. A machine without IPv6 listens on IPv4 alone when both were meant.
    private func bind(_ addresses: [IPAddress], _ plan: ListenerPlan, _ acceptor: Acceptor) async throws(ListenError)
        -> Int
    {
        var port = plan.port
        var made: [any Channel] = []
        for address in addresses {
            do {
                let socket = try SocketAddress(ipAddress: address.description, port: port)
                let channel = try await bootstrap(acceptor, isIPv6: address.family == .v6).bind(to: socket).get()
                port = channel.localAddress?.port ?? port
                made.append(channel)
            } catch let error as IOError where !made.isEmpty && Self.meansNoSuchFamily(error) {
                continue
            } catch {
                for channel in made { try? await channel.close() }
                let name = PeerAddress(ip: address, port: UInt16(clamping: port)).description
                throw .cannotListen(service: plan.service, address: name, reason: ErrorText.of(error))
            }
        }
        try await keep(made)
        return port
    }

    private func adopt(_ descriptor: Int32, _ plan: ListenerPlan, _ acceptor: Acceptor) async throws(ListenError) -> Int
    {
        do {
            let channel = try await bootstrap(acceptor, isIPv6: false).withBoundSocket(descriptor).get()
            try await keep([channel])
            return channel.localAddress?.port ?? 0
        } catch {
            throw .cannotListen(service: plan.service, address: "descriptor \(descriptor)", reason: ErrorText.of(error))
        }
    }

    private func keep(_ channels: [any Channel]) async throws(ListenError) {
        let kept = sockets.withLock { sockets in
            sockets?.append(contentsOf: channels)
            return sockets != nil
        }
        if kept { return }
        for channel in channels { try? await channel.close() }
        throw .stopped
    }

    private func bootstrap(_ acceptor: Acceptor, isIPv6: Bool) -> ServerBootstrap {
        let loops = loops
        var bootstrap = ServerBootstrap(group: loops.group)
            .serverChannelOption(.backlog, value: Self.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptErrorHandler(acceptor))
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let resources = loops.resources(of: channel.eventLoop) else {
                        throw ChannelError.inappropriateOperationForState
                    }
                    try acceptor.prepare(channel, resources)
                }
            }
        if isIPv6 { bootstrap = bootstrap.serverChannelOption(Self.onlyIPv6, value: 1) }
        return bootstrap
    }

    private static func meansNoSuchFamily(_ error: IOError) -> Bool {
        [EAFNOSUPPORT, EADDRNOTAVAIL].contains(error.errnoCode)
    }
}
