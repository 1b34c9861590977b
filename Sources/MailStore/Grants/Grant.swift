package import MailMessage

/// Who is given rights on a mailbox: one account, or everybody of an organisation. Ids, so that names may change hands.
package enum Grantee: Hashable, Sendable {
    case account(AccountID)
    case organisation(OrganisationID)

    /// As it is stored in `kind`.
    var kind: Int64 {
        switch self {
        case .account: 1
        case .organisation: 2
        }
    }

    var id: Int64 {
        switch self {
        case .account(let id): id.value
        case .organisation(let id): id.value
        }
    }

    init?(kind: Int64, id: Int64) {
        switch kind {
        case 1: self = .account(AccountID(id))
        case 2: self = .organisation(OrganisationID(id))
        default: return nil
        }
    }
}

/// One entry of a mailbox's access control list (RFC 4314 §2).
package struct Grant: Sendable, Equatable {
    package let grantee: Grantee
    /// `-name`: the rights are taken away, whoever gives them.
    package let isNegative: Bool
    package let rights: MailboxRights

    package init(_ grantee: Grantee, isNegative: Bool = false, _ rights: MailboxRights) {
        self.grantee = grantee
        self.isNegative = isNegative
        self.rights = rights
    }
}

/// What SETACL does with its rights (RFC 4314 §3.1).
package enum GrantMode: Sendable, Equatable {
    case replace, add, remove

    func apply(_ rights: MailboxRights, to old: MailboxRights) -> MailboxRights {
        switch self {
        case .replace: rights
        case .add: old.union(rights)
        case .remove: old.subtracting(rights)
        }
    }
}

/// A change of one entry.
package struct GrantChange: Sendable, Equatable {
    package let grantee: Grantee
    package let isNegative: Bool
    package let mode: GrantMode
    package let rights: MailboxRights

    package init(_ grantee: Grantee, isNegative: Bool = false, _ mode: GrantMode, _ rights: MailboxRights) {
        self.grantee = grantee
        self.isNegative = isNegative
        self.mode = mode
        self.rights = rights
    }

    /// Whether somebody may see more afterwards.
    var gives: Bool { !isNegative && mode != .remove && !rights.isEmpty }
}

/// Somebody who looks at another account: as whom grants may name them.
package struct Viewer: Hashable, Sendable {
    package let account: AccountID
    package let organisation: OrganisationID?

    package init(account: AccountID, organisation: OrganisationID?) {
        self.account = account
        self.organisation = organisation
    }
}

/// The union of what is given, less what is taken.
struct RightsSum {
    private var given: MailboxRights = []
    private var taken: MailboxRights = []

    mutating func add(_ rights: MailboxRights, isNegative: Bool) {
        if isNegative { taken.formUnion(rights) } else { given.formUnion(rights) }
    }

    var rights: MailboxRights { given.subtracting(taken) }
}
