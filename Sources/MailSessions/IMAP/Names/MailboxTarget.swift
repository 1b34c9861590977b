import MailMessage
import MailStore

/// Where a client's name leads: an account, and the names the mailbox may have there, likeliest first.
struct MailboxTarget: Sendable {
    let home: MailboxHome
    let names: [MailboxName]

    var account: Account { home.account }

    /// The first of the names that exists, with what the session may do; nil when there is none.
    func locate(_ reader: AccountReader) throws -> (id: MailboxID, rights: MailboxRights)? {
        for name in names {
            if let id = try reader.mailboxID(name) { return (id, try home.rights(on: id, reader)) }
        }
        return nil
    }

    /// Only the id: the short way. What the session may not even know of does not exist (RFC 4314 §6).
    func id(_ reader: AccountReader, needing rights: MailboxRights) throws -> MailboxID? {
        guard let (id, granted) = try locate(reader) else { return nil }
        guard !granted.isSuperset(of: rights) else { return id }
        guard granted.contains(.lookUp) else { return nil }
        throw StoreError.noRights
    }

    func find(_ reader: AccountReader, needing rights: MailboxRights) throws -> MailboxInfo? {
        try id(reader, needing: rights).flatMap { try reader.mailbox($0) }
    }

    func existing(_ reader: AccountReader, needing rights: MailboxRights) throws -> MailboxInfo {
        guard let found = try find(reader, needing: rights) else { throw StoreError.noSuchMailbox(names.first) }
        return found
    }

    func door(to mailbox: MailboxID) -> MailboxDoor { MailboxDoor(home: home, id: mailbox) }
}
