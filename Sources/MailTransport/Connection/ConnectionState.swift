import MailNetwork
import MailShared
import NIOCore

/// Where a connection stands between its events.
struct ConnectionState {
    enum Phase { case setup, open, closing, closed }
    enum Ending: Equatable { case endOfInput, failed(ConnectionError) }

    var phase = Phase.setup
    /// Set once no more input will come.
    var ending: Ending?
    /// The last read threw: unread input may wait in the kernel.
    var readFailed = false
    /// The input has been read far enough ahead; the next wait asks for more.
    var readPaused = false

    var reader: UnsafeContinuation<Void, Never>?
    var writer: UnsafeContinuation<Void, Never>?
    /// Something happened since the last wait began: waiting for it now would be too late.
    var woken = false

    var idle = TimeAmount.seconds(300)
    var deadline: Deadline?
    var timedOut = false
    /// The wait that a signal interrupted goes on until then: signals do not make a dead client live longer.
    var waitsUntil: Int64?
    /// The session waits for a line: once begun it must end within the idle time, however its octets drip.
    var awaitsLine = false
    /// What the session has begun must be over by then, however its octets come (`setDeadline`).
    var lastTick: Int64?
    /// Set while much is expected of the peer: how long it may still be waited for.
    var pace: Pace?

    var handshakeSeconds = 30
    var handshakeBegan: Stopwatch?
    var metricService: MetricService?
    var octetsIn = 0
    var octetsOut = 0
    /// Counted in the ledger under this address.
    var countedAddress: IPAddress?
    var proxyFailure: String?
    var proxy: PeerAddress?
    /// The first two octets of the conversation.
    var opening: UInt16 = 0
    var isCompressed = false
    /// STARTTLS changes no octet, and the addresses are given.
    var isInMemory = false
}
