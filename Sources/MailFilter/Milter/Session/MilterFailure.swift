import MailTransport

/// Why a filter gave no answer that counts.
package enum MilterFailure: Error, Sendable, Equatable, CustomStringConvertible {
    case unreachable(String)
    /// It took too long, or had too much to say.
    case silent
    case closed
    /// It said what no filter may say.
    case nonsense(String)
    /// Our own side cannot keep what it wants kept.
    case store(String)

    init(_ error: ConnectionError) {
        switch error {
        case .timedOut, .tooSlow: self = .silent
        case .connectFailed(let cause): self = .unreachable(cause)
        default: self = .closed
        }
    }

    package var description: String {
        switch self {
        case .unreachable(let cause): "cannot be reached: \(cause)"
        case .silent: "does not answer in time"
        case .closed: "closed the connection"
        case .nonsense(let what): "speaks nonsense: \(what)"
        case .store(let cause): "changes could not be kept: \(cause)"
        }
    }
}
