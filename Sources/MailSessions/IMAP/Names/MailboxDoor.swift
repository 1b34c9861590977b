import MailMessage
import MailStore

/// One mailbox together with the account it lives in. Whatever a session does with its selected mailbox goes through
/// here, and the rights are asked in the same transaction: what was taken away holds from the next command on.
struct MailboxDoor: Sendable {
    let home: MailboxHome
    let id: MailboxID

    var account: Account { home.account }

    func leads(to other: MailboxDoor) -> Bool { account.id == other.account.id && id == other.id }

    func rights(_ reader: AccountReader) throws -> MailboxRights { try home.rights(on: id, reader) }

    func read<T: Sendable>(
        within budget: TimeBudget? = nil, needing rights: MailboxRights = .read, beside: Bool = false,
        _ body: @escaping @Sendable (AccountReader) throws -> T
    ) async throws(StoreError) -> T {
        guard !home.isOwn else { return try await account.read(within: budget, beside: beside, body) }
        return try await account.read(within: budget, beside: beside) { reader in
            try require(rights, reader)
            return try body(reader)
        }
    }

    @discardableResult
    func write<T: Sendable>(
        limit: QuotaLimit? = nil, within budget: TimeBudget? = nil, needing rights: MailboxRights,
        _ body: @escaping @Sendable (AccountTransaction) throws -> T
    ) async throws(StoreError) -> T {
        guard !home.isOwn else { return try await account.write(limit: limit, within: budget, body) }
        return try await account.write(limit: limit, within: budget) { transaction in
            try require(rights, transaction)
            return try body(transaction)
        }
    }

    private func require(_ rights: MailboxRights, _ reader: AccountReader) throws {
        let granted = try self.rights(reader)
        guard granted.contains(.read) else { throw StoreError.noLongerShared }
        guard granted.isSuperset(of: rights) else { throw StoreError.noRights }
    }
}
