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

    /// All of them fit, or none comes back. Broken off and run again it goes on: what has come back is no longer among what can.
    /// Returns how many came back.
    package func restore(
        _ messages: [Restorable], of entry: AccountEntry, into place: MailboxName?, ignoresQuota: Bool,
        progress: (Int) -> Void = { _ in }
    ) async throws(AdminError) -> Int {
        do {
            let account = try store.account(entry.id)
            let limit = ignoresQuota ? nil : try await directory.limit(of: entry.id)
            let parts = try await account.read {
                try $0.fitting(messages, within: limit ?? .unlimited) { (place ?? $0.place, $0.size) }
            }
            var done = RestoredSum()
            let failure = await done.take(parts.flatMap(batches), progress) { batch in
                try await account.write(limit: limit) { try $0.restore(batch, into: place) }
            }
            // A mailbox that is made anew is shared as it was.
            if done.count > 0 { try await store.sharesMayHaveChanged(of: entry.id) }
            try await receipt("restore", entry, done)
            if let failure { throw failure }
            return done.count
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
            var done = RestoredSum()
            let failure = await done.take(batches(of: messages), progress) { batch in
                try await account.write { try $0.forget(batch) }
                return batch.count
            }
            try await receipt("forget", entry, done)
            if let failure { throw failure }
            try await account.collectGarbage()
        } catch { throw AdminError(error) }
    }

    private func batches(of messages: [Restorable]) -> [[Restorable]] {
        stride(from: 0, to: messages.count, by: Self.restoreBatch).map {
            Array(messages[$0..<min(messages.count, $0 + Self.restoreBatch)])
        }
    }

    private func receipt(_ action: String, _ entry: AccountEntry, _ done: RestoredSum) async throws(StoreError) {
        guard done.count > 0 else { return }
        let words = "\(done.count) messages of \(done.bytes) bytes"
        try await directory.write(by: actor) { try $0.recordReceipt(action, "account \(entry.id)", "", words) }
    }
}

/// What was done until something failed, if it did: the receipt tells of that much.
private struct RestoredSum {
    var count = 0
    var bytes: Int64 = 0

    mutating func take(
        _ batches: [[Restorable]], _ progress: (Int) -> Void, _ step: ([MessageID]) async throws -> Int
    ) async -> (any Error)? {
        do {
            for batch in batches {
                let moved = try await step(batch.map(\.id))
                guard moved > 0 else { continue }
                count += moved
                bytes += batch.reduce(0) { $0 + $1.size }
                progress(moved)
            }
            return nil
        } catch { return error }
    }
}
