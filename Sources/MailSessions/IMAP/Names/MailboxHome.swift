import MailMessage
import MailStore

/// An account as this session sees it: mailboxes live in it, and it says what the session may do with each.
struct MailboxHome: Sendable {
    let account: Account

    func rights(on mailbox: MailboxID, _ reader: AccountReader) throws -> MailboxRights { .all }

    /// All mailboxes the session may know of.
    func seen(_ reader: AccountReader) throws -> [SeenMailbox] {
        try reader.mailboxes().map { SeenMailbox(name: $0.name, info: $0, owner: account.id, rights: .all) }
    }
}

/// A mailbox as LIST shows it: under the name this session calls it by.
struct SeenMailbox: Sendable {
    let name: MailboxName
    /// With the name its owner calls it by.
    let info: MailboxInfo
    let owner: AccountID
    let rights: MailboxRights
}

/// Where a client's name leads: an account, and the names the mailbox may have there, likeliest first.
struct MailboxTarget: Sendable {
    let home: MailboxHome
    let names: [MailboxName]

    var account: Account { home.account }

    /// The first that exists; nil when there is none.
    func find(_ reader: AccountReader, needing rights: MailboxRights) throws -> MailboxInfo? {
        try id(reader, needing: rights).flatMap { try reader.mailbox($0) }
    }

    func existing(_ reader: AccountReader, needing rights: MailboxRights) throws -> MailboxInfo {
        guard let found = try find(reader, needing: rights) else { throw StoreError.noSuchMailbox(names.first) }
        return found
    }

    /// Only the id: the short way.
    func id(_ reader: AccountReader, needing rights: MailboxRights) throws -> MailboxID? {
        for name in names {
            if let id = try reader.mailboxID(name) { return id }
        }
        return nil
    }

    func door(to mailbox: MailboxID) -> MailboxDoor { MailboxDoor(home: home, id: mailbox) }
}

/// One mailbox together with the account it lives in. Whatever a session does with its selected mailbox goes through
/// here, and the rights are asked in the same transaction.
struct MailboxDoor: Sendable {
    let home: MailboxHome
    let id: MailboxID

    var account: Account { home.account }

    func leads(to other: MailboxDoor) -> Bool { account.id == other.account.id && id == other.id }

    func read<T: Sendable>(
        within budget: TimeBudget? = nil, needing rights: MailboxRights = .read,
        _ body: @escaping @Sendable (AccountReader) throws -> T
    ) async throws(StoreError) -> T {
        try await account.read(within: budget, body)
    }

    @discardableResult
    func write<T: Sendable>(
        limit: QuotaLimit? = nil, within budget: TimeBudget? = nil, needing rights: MailboxRights,
        _ body: @escaping @Sendable (AccountTransaction) throws -> T
    ) async throws(StoreError) -> T {
        try await account.write(limit: limit, within: budget, body)
    }
}
