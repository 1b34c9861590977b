package import MailMessage
package import MailStore

/// Rights under a name that people use.
package enum ShareLevel: String, CaseIterable, Sendable {
    case read, write, full

    package var rights: MailboxRights {
        switch self {
        case .read: [.lookUp, .read]
        case .write: [.lookUp, .read, .keepSeen, .write, .insert, .markDeleted, .expunge]
        case .full: .all
        }
    }

    /// Nil when the rights are none of these.
    package init?(_ rights: MailboxRights) {
        guard let level = Self.allCases.first(where: { $0.rights == rights }) else { return nil }
        self = level
    }
}

/// Whose mailboxes are shared with whom.
package struct ShareParties: Sendable {
    package let owner: AccountEntry
    package let grantee: Grantee
    /// The login, or `$` and the organisation.
    package let granteeName: String
    /// Nil for an organisation.
    package let person: AccountEntry?
}

/// What `share add` shall do.
package struct ShareRequest: Sendable {
    package var mailboxes: [MailboxName]
    package var rights: MailboxRights
    package var subscribes = true
    package var sendAs = false
    package var isDryRun = false

    package init(mailboxes: [MailboxName], rights: MailboxRights) {
        self.mailboxes = mailboxes
        self.rights = rights
    }
}

/// One line of what is shared, or of what has just been done.
package struct ShareEntry: Sendable, Equatable {
    package let owner: LoginName
    /// Nil for the permission to send.
    package let mailbox: MailboxName?
    /// With a dash before it when rights are taken.
    package let grantee: String
    package var before: MailboxRights = []
    package var rights: MailboxRights = []
    package var maySend = false
}
