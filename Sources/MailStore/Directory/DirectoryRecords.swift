package import MailMessage

/// One of our mail domains.
package struct DomainEntry: Sendable, Equatable {
    package let id: DomainID
    package let name: MailDomain
    /// Who reads postmaster@ unless an alias or account of that name exists; nil = decided by `DirectoryReader.postmaster`.
    package let postmaster: AccountID?
    package let createdAt: EpochSeconds
    package let addresses: Int
}

package struct OrganisationEntry: Sendable, Equatable {
    package let id: OrganisationID
    package let name: OrganisationName
    package let title: String
    package let contact: String
    package let quota: QuotaRule?
    /// What the limits of its accounts may add up to; nil = no pool.
    package let pool: Int64?
    package let accounts: Int
    package let createdAt: EpochSeconds
}

package struct ClassEntry: Sendable, Equatable {
    package let name: ClassName
    package let quota: QuotaRule?
    package let accounts: Int
}

package struct AliasEntry: Sendable, Equatable {
    package let address: EmailAddress
    /// As they are now called: an account's present address, or the address the alias was given.
    package let targets: [EmailAddress]
    package let createdAt: EpochSeconds
}

/// Who asks for a change: a name, the system's number for it, and the program that was used.
package struct AuditActor: Sendable, Equatable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let name: String
    /// nil where the system knew none.
    package let uid: Int64?
    package let tool: String
    /// Why, where whoever asks has to say.
    package let reason: String

    package init(name: String, uid: Int64? = nil, tool: String = "", reason: String = "") {
        self.name = name
        self.uid = uid
        self.tool = tool
        self.reason = reason
    }

    package init(stringLiteral name: String) { self.init(name: name) }

    package var description: String { name }
}

/// One line of the audit trail: who changed what from what to what. Never a secret: credentials appear as "set" or "none".
package struct AuditEntry: Sendable, Equatable {
    package let at: EpochSeconds
    package let actor: AuditActor
    package let action: String
    package let object: String
    package let before: String
    package let after: String
}

/// A field that an update leaves alone or sets (to nil, too).
package enum Change<Value: Sendable>: Sendable {
    case keep
    case set(Value)
}
