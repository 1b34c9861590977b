import MailMessage
package import MailStore

/// One account whose counters do not say what is there.
package struct QuotaRecount: Sendable {
    package let entry: AccountEntry
    package let recount: Recount
    /// What the directory's hint said, where that was wrong too.
    package let hint: Int64
    package let isFixed: Bool
}

extension Administration {
    /// Nil when all is right, or nobody has used the account yet. `fixes` sets counters and hint to what they count.
    package func recount(_ entry: AccountEntry, fixes: Bool) async throws(AdminError) -> QuotaRecount? {
        do {
            guard let recount = try await store.recount(account: entry.id, fixes: fixes) else { return nil }
            let hint = entry.hints.bytesUsed
            guard !recount.isRight || hint != recount.counted.bytes else { return nil }
            if fixes { try await audit(entry, recount) }
            return QuotaRecount(entry: entry, recount: recount, hint: hint, isFixed: fixes)
        } catch { throw AdminError(error) }
    }

    private func audit(_ entry: AccountEntry, _ recount: Recount) async throws(AdminError) {
        guard !recount.isRight else { return }
        try await writing { try $0.noteRecount(recount, of: entry.id) }
    }
}
