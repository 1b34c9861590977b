import Glibc

/// Why nothing more comes from the other side.
package enum DialFailure: Error, Sendable, Hashable {
    /// Somebody said no: no program listens there.
    case refused
    /// Nothing came back in time.
    case timedOut
    /// This machine has no way to there at all.
    case noRoute
    /// A router on the way said that there is none.
    case unreachable
    /// Cut from the other side, or on the way.
    case reset
    /// Ended in order from the other side.
    case closed
    /// More than was agreed without a line's end.
    case tooLong
    /// This machine's own trouble, with errno.
    case system(Int32)

    init(errno code: Int32) {
        switch code {
        case ECONNREFUSED: self = .refused
        case ETIMEDOUT: self = .timedOut
        case ENETUNREACH, ENETDOWN, EADDRNOTAVAIL: self = .noRoute
        case EHOSTUNREACH, EHOSTDOWN, EACCES, EPERM: self = .unreachable
        case ECONNRESET, EPIPE, ECONNABORTED: self = .reset
        default: self = .system(code)
        }
    }

    package var words: String {
        switch self {
        case .refused: "connection refused"
        case .timedOut: "no answer in time"
        case .noRoute: "no route from here"
        case .unreachable: "no route on the way"
        case .reset: "connection reset"
        case .closed: "connection closed"
        case .tooLong: "line too long"
        case .system(let code): String(cString: strerror(code))
        }
    }
}
