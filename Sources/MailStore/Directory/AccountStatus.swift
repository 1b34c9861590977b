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

/// What becomes of an account at its last day.
package enum ExpiryAction: Int64, CaseIterable, Sendable, CustomStringConvertible {
    case suspend = 1
    case remove = 2
    case forward = 3

    package var description: String {
        switch self {
        case .suspend: "suspend"
        case .remove: "remove"
        case .forward: "forward"
        }
    }

    package init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.description == name }) else { return nil }
        self = found
    }
}
