internal import MailMessage

/// Where mail for one address goes.
package enum Resolution: Sendable, Equatable {
    /// Every account the address reaches, each once, all of them able to receive.
    case accounts([AccountEntry])
    /// The domain is ours, the address is nobody's.
    case unknown
    /// The domain is not ours; or an alias names an address elsewhere, which must wait until sending exists. We deliberately
    /// refuse such an alias as a whole: delivering half of it would lose the other half without a word.
    case notLocal
    /// Whoever the address reaches is suspended or past the account's date.
    case suspended
    /// Aliases that lead nowhere but in circles, deeper than `AliasLimits.depth`, or to more than `AliasLimits.accounts`.
    case loop
    /// Postmaster of a store that has no account yet: to be tried again, never refused for good (RFC 5321 §4.5.1).
    case unavailable
}

package enum AliasLimits {
    /// Aliases behind aliases behind aliases.
    package static let depth = 10
    /// Accounts one address may reach.
    package static let accounts = 1_000
    /// Targets one alias may have.
    package static let targets = 1_000
}
