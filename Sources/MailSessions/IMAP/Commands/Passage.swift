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

    /// The rights are asked for each parcel: one may be taken away in between.
    func deliver(_ parcel: MessageParcel) async throws(StoreError) -> Transferred {
        try await target.account.write(limit: limit, within: budget) { [target, destination] transaction in
            let rights = try target.home.rights(on: destination, transaction)
            guard rights.contains(.insert) else { throw StoreError.noRights }
            return try transaction.unpack(parcel, into: destination, with: rights)
        }
    }

    /// What the source has lost of what has arrived.
    func release(
        _ arrived: Transferred, isLast: Bool, since clock: ModSeq
    ) async throws(StoreError) -> (gone: UIDSet, news: MailboxNews?) {
        let wanted = UIDSet(arrived.pairs.lazy.map(\.source))
        return try await source.write(within: budget, needing: .moving) { [source] transaction in
            let gone = try transaction.remove(in: source.id, wanted)
            return (gone, isLast ? try MailboxNews(transaction, of: source, since: clock) : nil)
        }
    }

    func takeBack(_ arrived: UIDSet) async throws(StoreError) {
        try await target.account.write { [destination] in _ = try $0.remove(in: destination, arrived) }
    }

    func news(since clock: ModSeq) async throws(StoreError) -> MailboxNews {
        try await source.read { [source] in try MailboxNews($0, of: source, since: clock) }
    }
}
