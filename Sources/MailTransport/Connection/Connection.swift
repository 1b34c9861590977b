import Glibc
package import MailNetwork
import MailShared
import NIOCore
import Synchronization

/// A name for logs: short, and another one in every process: workers write into one log.
package struct ConnectionID: Hashable, Sendable, CustomStringConvertible {
    package let value: UInt64
    package var description: String { Self.stem + String(value, radix: 36) }

    private static let stem = String(getpid(), radix: 36) + "."

    private static let last = Atomic<UInt64>(0)
    static func next() -> ConnectionID { ConnectionID(value: last.add(1, ordering: .relaxed).newValue) }
}

/// One connection, read and written in straight lines by one session. All of it except `signal` and `abort` is bound to
/// the connection's event loop: the session is an actor on `executor`, or code inside `run`.
package final class Connection: @unchecked Sendable {
    /// Output beyond this goes to the socket at once. Encrypted it still fits into 64 KiB: buffers of 128 KiB would be new
    /// pages from the kernel each time.
    package static let longestBatch = 65_024
    /// Input is read ahead of the session up to here.
    static let readAhead = 16_384
    /// A line that is too long is read to its end, but not further than this.
    package static let longestDrain = 1_048_576
    /// Seconds that any deadline may be away.
    static let longestTime = 1_000_000

    package let id = ConnectionID.next()
    package let service: String
    package internal(set) var peer: PeerAddress
    package internal(set) var local: PeerAddress

    /// Octets of the conversation, without TLS.
    package var octetsIn: Int { state.octetsIn }
    package var octetsOut: Int { state.octetsOut }

    let resources: LoopResources
    let way: Way
    var input = LineBuffer()
    var output = ByteBuffer()
    var state = ConnectionState()
    var encryption = Encryption.none
    let flags = Flags()
    /// Whoever accepted the connection; nil when it was dialled.
    var acceptor: Acceptor?

    /// How bytes leave and come; nil once the channel has closed.
    final class Way {
        var context: ChannelHandlerContext?
        let channel: any Channel
        init(_ channel: any Channel) { self.channel = channel }
    }

    enum Encryption {
        case none
        case openSSL(TLSHandler)
        case pretended(TLSInfo)
    }

    /// What other threads may set.
    final class Flags: Sendable {
        let signalled = Atomic<Bool>(false)
        let draining = Atomic<Bool>(false)
        let dismissed = Atomic<Bool>(false)
    }

    init(
        _ channel: any Channel, on resources: LoopResources, service: String, peer: PeerAddress, local: PeerAddress,
        idleSeconds: Int
    ) {
        way = Way(channel)
        self.resources = resources
        self.service = service
        state.metricService = MetricService(named: service)
        self.peer = peer
        self.local = local
        state.idle = .seconds(Int64(clamping: max(1, idleSeconds)))
        state.deadline = Deadline { [unowned self] in deadlinePassed() }
    }

    package var executor: any SerialExecutor { resources.executor }

    /// nil in plaintext.
    package var tls: TLSInfo? {
        switch encryption {
        case .none: nil
        case .openSSL(let handler): handler.state == .handshaking ? nil : handler.info
        case .pretended(let info): info
        }
    }

    package func channelBinding(_ kind: ChannelBinding) -> [UInt8]? {
        if case .openSSL(let handler) = encryption { handler.channelBinding(kind) } else { nil }
    }

    /// The server stops: finish what is begun and start nothing new.
    package var isDraining: Bool { flags.draining.load(ordering: .relaxed) }

    /// How long a wait for input, or for a peer that takes its output, may last.
    package func setIdleTimeout(seconds: Int) { state.idle = .seconds(Int64(clamping: max(1, seconds))) }

    /// What begins now must be over in so many seconds; nil lifts the bound. A wait beyond it throws `.tooSlow`.
    package func setDeadline(seconds: Int?) {
        state.lastTick = seconds.map { resources.wheel.tick(after: .seconds(Int64(min(max(1, $0), Self.longestTime)))) }
    }

    /// While it is set, waiting for the peer's octets beyond its pace throws `.tooSlow`.
    package func setPace(_ pace: Pace?) { state.pace = pace }

    /// The same, unless one is set: for what comes in several reads.
    package func beginPace(_ pace: Pace) { if state.pace == nil { state.pace = pace } }

    /// From any thread: lets `readLineOrSignal` return `.signal`.
    package func signal() {
        guard !flags.signalled.exchange(true, ordering: .acquiringAndReleasing) else { return }
        resources.loop.execute { self.wakeWithoutInput() }
    }

    /// From any thread: the session shall end at its next command.
    func drainSoon() {
        flags.draining.store(true, ordering: .relaxed)
        resources.loop.execute { self.wakeWithoutInput() }
    }

    /// From any thread: whoever is logged in here may be so no longer. The next wait for a command throws `.dismissed`.
    package func dismissSoon() {
        flags.dismissed.store(true, ordering: .relaxed)
        resources.loop.execute { self.wakeWithoutInput() }
    }

    /// From any thread: closes at once, whatever is unsent.
    package func abort() {
        resources.loop.execute { self.closeNow() }
    }

    /// The same for a peer whose address is such a one.
    func abort(if isUnwelcome: @escaping @Sendable (IPAddress) -> Bool) {
        resources.loop.execute { if isUnwelcome(self.peer.ip) { self.closeNow() } }
    }

    /// Runs a session, on the event loop from its first to its last step.
    package func start(_ session: @escaping @Sendable (Connection) async -> Void) {
        Task(executorPreference: resources.taskExecutor) {
            await session(self)
            self.close()
        }
    }

    /// From anywhere: runs the body on the connection's event loop. For tests and clients that are no actors.
    package func run<T: Sendable>(_ body: @Sendable (Connection) async throws -> T) async rethrows -> T {
        try await withTaskExecutorPreference(resources.taskExecutor) { try await perform(body) }
    }

    /// Only entering a concurrent function changes to the preferred executor, and only if something stands before its
    /// first call: Swift 6.3 leaves out a change that it thinks the callee makes.
    @concurrent private func perform<T: Sendable>(_ body: @Sendable (Connection) async throws -> T) async rethrows -> T
    {
        resources.loop.preconditionInEventLoop()
        return try await body(self)
    }
}
