internal import MailMessage
internal import Synchronization

/// One account's mail. A cheap handle: the database opens at first use and closes when it has been idle.
package final class Account: Sendable {
    package let id: AccountID
    let folder: AccountFolder
    private let madeIndex = Mutex<SearchIndex?>(nil)
    private let threads: StoreThreads
    private let lane: DatabaseLane
    private let clock: @Sendable () -> EpochSeconds
    private let onCommit: @Sendable (AccountCommit) -> Void
    private let indexing: IndexingPlan
    private let policy: RestorePolicy

    init(
        _ id: AccountID, in folder: AccountFolder, threads: StoreThreads, indexing: IndexingPlan,
        policy: RestorePolicy = .standard, clock: @escaping @Sendable () -> EpochSeconds,
        willOpen: @escaping @Sendable () -> Void, onCommit: @escaping @Sendable (AccountCommit) -> Void
    ) {
        self.id = id
        self.folder = folder
        self.indexing = indexing
        self.policy = policy
        self.threads = threads
        self.clock = clock
        self.onCommit = onCommit
        lane = DatabaseLane(
            threads: threads,
            opened: {
                onCommit(try AccountReader($0, account: id, files: folder.files, now: clock()).stateAtOpening())
            },
            open: {
                willOpen()
                return try AccountOpener(id: id, folder: folder, now: clock()).open()
            })
    }

    /// One consistent state of the account. Do not write to a client inside: bring out what you need.
    /// Longer than `budget` it does not take: then it throws `StoreError.outOfTime`. `beside`: at the same time as another.
    package func read<T: Sendable>(
        within budget: TimeBudget? = nil, beside: Bool = false, _ body: @escaping @Sendable (AccountReader) throws -> T
    ) async throws(StoreError) -> T {
        try await lane.read(beside: beside) { [id, folder, clock] database in
            try database.limited(by: budget) {
                try body(AccountReader(database, account: id, files: folder.files, now: clock()))
            }
        }
    }

    /// Durable when it returns, a relaxed one with the next that is; all or nothing. The closure may run more than once, so it
    /// must be repeatable. Longer than `budget` its loops do not take: then it throws `StoreError.outOfTime`, with nothing changed.
    @discardableResult
    package func write<T: Sendable>(
        limit: QuotaLimit? = nil, isRelaxed: Bool = false, within budget: TimeBudget? = nil,
        _ body: @escaping @Sendable (AccountTransaction) throws -> T
    ) async throws(StoreError) -> T {
        try await lane.write(isRelaxed: isRelaxed) { [id, folder, clock, onCommit, policy] database, effects in
            let transaction = AccountTransaction(
                database, account: id, files: folder.files, now: clock(), limit: limit ?? .unlimited,
                policy: policy, effects: effects)
            let value = try database.timed(by: budget) { try body(transaction) }
            if let commit = try transaction.commit() { effects.afterCommit { onCommit(commit) } }
            return value
        }
    }

    /// Whether searches use the index.
    var isIndexed: Bool { indexing.isOn }
    var indexFloor: Int64 { indexing.floor }
    func requestIndexing() { indexing.request(id) }

    /// Made when somebody first asks for it: to most accounts that are only open, nobody does.
    var index: SearchIndex {
        madeIndex.withLock { made in
            if let made { return made }
            let index = SearchIndex(id, in: folder, threads: threads, workers: indexing.workers)
            made = index
            return index
        }
    }

    private var indexInUse: SearchIndex? { madeIndex.withLock { $0 } }

    var isOpen: Bool { lane.isOpen || indexInUse?.isOpen == true }
    var isBusy: Bool { lane.isBusy }
    /// Writes that wait for the one before them.
    var waitingWrites: Int { lane.waitingWrites }
    var lastUse: ContinuousClock.Instant { lane.lastUse }

    /// Blocks while it checkpoints: on a store thread only. False when the account is in use.
    func closeIfIdle(since moment: ContinuousClock.Instant) -> Bool {
        let closed = indexInUse?.closeIfIdle(since: moment) ?? true
        return lane.closeIfIdle(since: moment) && closed
    }

    func close() async {
        await index.close()
        await lane.close()
    }

    func rebuild(_ problems: [String]) async throws(StoreError) -> RepairReport {
        let report = try await lane.exclusively { [id, folder, clock] in
            try AccountRepair(id: id, folder: folder, now: clock()).run(problems)
        }
        await index.drop()
        return report
    }
}

/// What others want to know of a committed write.
struct AccountCommit: Sendable {
    let account: AccountID
    /// Nil at an opening, which tells what a process that died may have kept to itself.
    let modseq: ModSeq?
    let usage: AccountUsage?
    let expiry: ExpiryHints
    let madeGarbage: Bool
}

extension AccountReader {
    fileprivate func stateAtOpening() throws -> AccountCommit {
        AccountCommit(
            account: account, modseq: nil, usage: try usage(), expiry: try expiry(), madeGarbage: try hasGarbage())
    }
}

extension AccountTransaction {
    fileprivate func commit() throws -> AccountCommit? {
        guard opened != nil || touchedRestorable else { return nil }
        return try stateAtEnd()
    }

    /// Also where nothing was changed: who opened a database last may have died before it told of it.
    func stateAtEnd() throws -> AccountCommit {
        AccountCommit(
            account: account, modseq: opened, usage: try usageNow ?? usage(), expiry: try expiry(),
            madeGarbage: madeGarbage)
    }
}
