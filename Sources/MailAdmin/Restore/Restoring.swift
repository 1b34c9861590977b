package import MailMessage
package import MailStore

/// The way back for what was purged, expunged, or deleted with its folder.
extension Administration {
    /// Messages of one transaction.
    static let restoreBatch = 500

    package func restorables(
        of entry: AccountEntry, _ selection: RestoreSelection
    ) async throws(AdminError) -> [Restorable] {
        do { return try await store.account(entry.id).read { try $0.restorables(selection) } } catch {
            throw AdminError(error)
        }
    }

    /// Broken off and run again it goes on: what has come back is no longer among what can. Returns how many came back.
    package func restore(
        _ messages: [Restorable], of entry: AccountEntry, into place: MailboxName?, ignoresQuota: Bool,
        progress: (Int) -> Void = { _ in }
    ) async throws(AdminError) -> Int {
        do {
            let account = try store.account(entry.id)
            let limit = ignoresQuota ? nil : try await directory.limit(of: entry.id)
            var done = 0
            for batch in batches(of: messages.map(\.id)) {
                let count = try await account.write(limit: limit) { try $0.restore(batch, into: place) }
                progress(count)
                done += count
            }
            // A mailbox that is made anew is shared as it was.
            try await store.sharesMayHaveChanged(of: entry.id)
            try await receipt("restore", entry, messages)
            return done
        } catch { throw AdminError(error) }
    }

    /// For good.
    package func forget(
        _ messages: [Restorable], of entry: AccountEntry, progress: (Int) -> Void = { _ in }
    ) async throws(AdminError) {
        let retention = try await reading { try $0.retention(of: entry.id) }
        if let source = retention.heldBy {
            throw .wrongData("a hold (\(source)) keeps everything of \(entry.address)")
        }
        do {
            let account = try store.account(entry.id)
            for batch in batches(of: messages.map(\.id)) {
                try await account.write { try $0.forget(batch) }
                progress(batch.count)
            }
            try await account.collectGarbage()
            try await receipt("forget", entry, messages)
        } catch { throw AdminError(error) }
    }

    private func batches(of messages: [MessageID]) -> [[MessageID]] {
        stride(from: 0, to: messages.count, by: Self.restoreBatch).map {
            Array(messages[$0..<min(messages.count, $0 + Self.restoreBatch)])
        }
    }

    private func receipt(_ action: String, _ entry: AccountEntry, _ messages: [Restorable]) async throws(StoreError) {
        guard !messages.isEmpty else { return }
        let words = "\(messages.count) messages of \(messages.reduce(0) { $0 + $1.size }) bytes"
        try await directory.write(by: actor) { try $0.recordReceipt(action, "account \(entry.id)", "", words) }
    }
}
