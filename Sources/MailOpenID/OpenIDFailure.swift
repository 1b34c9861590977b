/// Why nobody was named.
package enum OpenIDFailure: Error, Sendable, Equatable {
    /// The provider, or what we know of it: nobody can sign in just now.
    case unavailable(String)
    /// This sign-in: a token that is not for us.
    case refused(String)
    /// The code that the browser brought: too old, used, or somebody's guess.
    case notTaken(String)

    /// For the log.
    package var words: String {
        switch self {
        case .unavailable(let words), .refused(let words), .notTaken(let words): words
        }
    }
}
