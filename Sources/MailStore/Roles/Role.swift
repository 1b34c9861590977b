package import MailMessage

/// What somebody may do for others, beside what is his own.
package enum Role: Hashable, Sendable, CustomStringConvertible {
    /// Sees and changes every account.
    case `operator`
    /// Helps the people of one organisation.
    case helpdesk(OrganisationName)

    package var word: String {
        switch self {
        case .operator: "operator"
        case .helpdesk: "helpdesk"
        }
    }

    package var organisation: OrganisationName? { if case .helpdesk(let name) = self { name } else { nil } }

    package var description: String { organisation.map { "\(word) of \($0)" } ?? word }
}

/// All that one account has.
package struct Roles: Sendable, Equatable {
    package static let none = Roles()

    package var isOperator = false
    package var helpdesk: Set<OrganisationName> = []

    package init() {}

    package var isEmpty: Bool { !isOperator && helpdesk.isEmpty }

    mutating func add(_ role: Role) {
        switch role {
        case .operator: isOperator = true
        case .helpdesk(let name): helpdesk.insert(name)
        }
    }
}

/// Who has which role, and from whom.
package struct RoleGrant: Sendable, Equatable {
    package let account: AccountID
    package let address: EmailAddress
    /// Only of an active account a role counts.
    package let isInForce: Bool
    package let role: Role
    package let grantedBy: String
    package let grantedAt: EpochSeconds
}
