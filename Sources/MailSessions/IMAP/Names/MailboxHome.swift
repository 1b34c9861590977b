import MailMessage
import MailStore

/// An account as this session sees it: mailboxes live in it, and it says what the session may do with each.
struct MailboxHome: Sendable {
    let account: Account
    /// Nil in the session's own account, where everything is allowed.
    let guest: Guest?

    /// Whoever looks into somebody else's account.
    struct Guest: Sendable {
        let viewer: Viewer
        let owner: LoginName
    }

    init(account: Account, guest: Guest? = nil) {
        self.account = account
        self.guest = guest
    }

    var isOwn: Bool { guest == nil }

    func rights(on mailbox: MailboxID, _ reader: AccountReader) throws -> MailboxRights {
        guard let guest else { return .all }
        return try reader.rights(of: guest.viewer, on: mailbox)
    }

    /// What the session calls a mailbox of this account; nil when that is too long for a name.
    func spelling(of name: MailboxName) -> MailboxName? {
        guard let guest else { return name }
        return MailboxName(components: OtherUsers.root(of: guest.owner) + name.components)
    }

    /// Quota root of the account: the empty name for the session's own.
    var quotaRoot: [UInt8] {
        guard let guest else { return [] }
        return Array(OtherUsers.root(of: guest.owner).joined(separator: "/").utf8)
    }

    /// All mailboxes the session may know of, in the order of their names.
    func seen(_ reader: AccountReader) throws -> [SeenMailbox] {
        guard let guest else {
            return try reader.mailboxes().map {
                SeenMailbox(name: $0.name, info: $0, owner: account.id, rights: .all, hasChildren: $0.hasChildren)
            }
        }
        let rights = try reader.rights(of: guest.viewer).filter { $0.value.contains(.lookUp) }
        guard !rights.isEmpty else { return [] }
        let visible = try reader.mailboxes().filter { rights[$0.id] != nil }
        return visible.enumerated().compactMap { place, info in
            guard let name = spelling(of: info.name) else { return nil }
            // What is below a mailbox follows it directly. Children that may not be seen do not show here either.
            let hasChildren = place + 1 < visible.count && visible[place + 1].name.isBelow(info.name)
            return SeenMailbox(
                name: name, info: info, owner: account.id, rights: rights[info.id] ?? [], hasChildren: hasChildren)
        }
    }
}

/// A mailbox as LIST shows it: under the name this session calls it by.
struct SeenMailbox: Sendable {
    let name: MailboxName
    /// With the name its owner calls it by.
    let info: MailboxInfo
    let owner: AccountID
    let rights: MailboxRights
    let hasChildren: Bool
}
