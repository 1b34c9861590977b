import MailMessage
package import MailStore

/// What a list does not say: accounts of an organisation that are not in it.
package struct BulkPrune: Sendable {
    static let reason = "not in the list"

    /// To be suspended.
    package let gone: [AccountEntry]
    /// Were suspended by an earlier list, and are back in one that does not say so itself.
    let back: [AccountEntry]
    /// All of the organisation's.
    package let total: Int

    /// More of them at once than somebody expects is a broken list.
    package func exceeds(percent: Int) -> Bool { gone.count * 100 > total * percent }

    package var percent: Int { total == 0 ? 0 : (gone.count * 100 + total - 1) / total }
}

extension Administration {
    package func planPrune(_ rows: [BulkRow], of organisation: OrganisationName) async throws(AdminError) -> BulkPrune {
        let entries = try await accounts(matching: AccountFilter(organisation: organisation))
        let listed = Set(rows.map { LoginName($0.account.address) })
        let suspended = Set(rows.lazy.filter(\.account.suspended).map { LoginName($0.account.address) })
        let (present, absent) = (
            entries.filter { listed.contains(LoginName($0.address)) },
            entries.filter { !listed.contains(LoginName($0.address)) }
        )
        return BulkPrune(
            gone: absent.filter { $0.status != .suspended },
            back: present.filter { $0.reason == BulkPrune.reason && !suspended.contains(LoginName($0.address)) },
            total: entries.count)
    }

    /// Suspends who is gone, and lets in again whom an earlier list had missed.
    package func carryOut(_ prune: BulkPrune, batch: Int) async throws(AdminError) {
        try await inBatches(prune.gone, batch) { _ = try $0.suspendAccount($1.id, reason: BulkPrune.reason) }
        do { try await store.web.shutOut(prune.gone.map(\.id)) } catch { throw .store(error) }
        try await inBatches(prune.back, batch) { transaction, entry in
            // One whose last day has come stays out.
            do { _ = try transaction.resumeAccount(entry.id) } catch StoreError.notPermitted {}
        }
    }

    private func inBatches(
        _ entries: [AccountEntry], _ batch: Int,
        _ change: @escaping @Sendable (DirectoryTransaction, AccountEntry) throws -> Void
    ) async throws(AdminError) {
        var rest = entries[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(max(1, batch)))
            rest = rest.dropFirst(part.count)
            try await writing { transaction in for entry in part { try change(transaction, entry) } }
        }
    }
}
