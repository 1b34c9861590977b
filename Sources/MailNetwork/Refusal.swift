/// Why a connection was turned away before its session.
package enum Refusal: String, CaseIterable, Sendable {
    case tooManyFromAddress = "too_many_from_address"
    case tooManyFromNetwork = "too_many_from_network"
    case tooFastFromAddress = "too_fast_from_address"
    case tooManyConnections = "too_many"
    /// By an administrator.
    case blocked
    /// Descriptors or memory run out.
    case overloaded = "overload"
}
