package import MailMessage

extension Account {
    /// The messages of a mailbox that a search can find, by the account's index: all it does not know are among them.
    /// Nil when it cannot tell, and everything has to be looked at.
    package func candidates(
        _ query: IndexQuery, in mailbox: MailboxID, within budget: TimeBudget? = nil
    ) async throws(StoreError) -> UIDSet? {
        guard isIndexed else { return nil }
        guard let answer = await index.answer(query, within: budget) else {
            requestIndexing()
            return nil
        }
        let (uids, anchor, isBehind, rest) = try await read(within: budget) { reader in
            (
                try reader.uids(in: mailbox, of: answer), try reader.indexAnchor(through: answer.through),
                try reader.isBehind(through: answer.through), try reader.blobCount(after: answer.through)
            )
        }
        if rest >= Account.indexingThreshold { requestIndexing() }
        guard await holds(anchor, isBehind: isBehind) else {
            await index.drop()
            requestIndexing()
            return nil
        }
        return uids
    }

    /// So many new messages are looked into at every search rather than indexed one by one.
    static let indexingThreshold = 64

    /// Adds the next messages. Each of its steps is short, and the account is free between them.
    func index(_ step: IndexStep) async throws(StoreError) -> IndexProgress {
        let through = try await index.through()
        let (sources, anchor, isBehind) = try await read { reader in
            (
                try reader.indexSources(after: through, count: step.messages, bytes: step.bytes),
                try reader.indexAnchor(through: through), try reader.isBehind(through: through)
            )
        }
        if through > 0, await !holds(anchor, isBehind: isBehind) {
            await index.drop()
            return .again
        }
        guard !sources.isEmpty else { return try await finish(through) }
        let entries = try await index.workers.run {
            var maker = MessageGramMaker()
            return sources.map { $0.entry(using: &maker) }
        }
        return try await index.add(entries, after: through) ? .added(entries.count) : .again
    }

    func holds(_ anchor: IndexAnchor?, isBehind: Bool) async -> Bool {
        guard !isBehind else { return false }
        guard let anchor else { return true }
        return await index.digest(of: anchor.blob) == anchor.digest
    }

    /// Everything is in. What is gone from the account leaves the index when there is much of it: with a new one.
    private func finish(_ through: Int64) async throws(StoreError) -> IndexProgress {
        let known = try await index.count()
        let live = try await read { try $0.blobCount() }
        let gone = known - live
        guard gone > Account.goneFloor, gone > known / Account.goneDivisor else { return .complete }
        await index.drop()
        return .again
    }

    static let goneFloor = 1_000
    static let goneDivisor = 4
}

/// How much is added at once.
struct IndexStep: Sendable {
    var messages: Int
    var bytes: Int

    /// About 100 ms on one core.
    static let background = IndexStep(messages: 256, bytes: 1 << 20)
    /// For whoever waits for it.
    static let foreground = IndexStep(messages: 1_024, bytes: 8 << 20)
}

enum IndexProgress: Sendable, Equatable {
    case added(Int)
    case complete
    /// Begun anew, or another process is at it.
    case again
}
