import MailMessage
import MailStore

/// The way from one account's mailbox into another's.
struct Passage: Sendable {
    let source: MailboxDoor
    let target: MailboxTarget
    let destination: MailboxID
    let limit: QuotaLimit
    let budget: TimeBudget

    func pack(_ set: UIDSet, needing rights: MailboxRights) async throws(StoreError) -> MessageParcel {
        let id = source.id
        return try await source.read(within: budget, needing: rights) { try $0.pack(set, of: id) }
    }

    func deliver(_ parcel: MessageParcel) async throws(StoreError) -> Transferred {
        try await target.account.write(limit: limit, within: budget) { [target, destination] transaction in
            let rights = try Self.arrivalRights(destination, target, transaction)
            return try transaction.unpack(parcel, into: destination, with: rights)
        }
    }

    func deliver(_ messages: [NewMessage]) async throws(StoreError) -> [Appended] {
        try await target.account.write(limit: limit, within: budget) { [target, destination] transaction in
            let rights = try Self.arrivalRights(destination, target, transaction)
            return try transaction.append(messages.map { $0.flagged(with: rights) }, to: destination)
        }
    }

    /// What the source has lost of what has arrived, and with the last of it the news there.
    func release(
        _ wanted: UIDSet, isLast: Bool, since clock: ModSeq
    ) async throws(StoreError) -> (gone: UIDSet, news: MailboxNews?) {
        try await source.write(within: budget, needing: .moving) { [source] transaction in
            let gone = try transaction.remove(in: source.id, wanted)
            return (gone, isLast ? try MailboxNews(transaction, of: source, since: clock) : nil)
        }
    }

    /// Asked for each parcel: a right may be taken away in between.
    private static func arrivalRights(
        _ destination: MailboxID, _ target: MailboxTarget, _ reader: AccountReader
    ) throws -> MailboxRights {
        let rights = try target.home.rights(on: destination, reader)
        guard rights.contains(.insert) else { throw StoreError.noRights }
        return rights
    }

    func takeBack(_ arrived: UIDSet) async throws(StoreError) {
        try await target.account.write { [destination] in _ = try $0.remove(in: destination, arrived) }
    }

    func news(since clock: ModSeq) async throws(StoreError) -> MailboxNews {
        try await source.read { [source] in try MailboxNews($0, of: source, since: clock) }
    }
}
