/// Whether an account may be used. `.noPassword` and an expiry date are derived when an entry is read, never stored.
package enum AccountStatus: String, CaseIterable, Sendable {
    case active
    /// Active, receives mail, but nobody can log in until a password is set.
    case noPassword = "no-password"
    case suspended
    case removed

    package var receivesMail: Bool { self == .active || self == .noPassword }
}

/// What the account row holds.
enum StoredStatus: Int64, Sendable {
    case active = 0
    case suspended = 1
    case removed = 2
}
