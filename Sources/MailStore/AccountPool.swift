internal import CGlibc
internal import CSQLiteHeap
internal import MailMessage
internal import MailShared
internal import Synchronization

/// The accounts in use: one object each, the least recently used databases closed.
final class AccountPool: Sendable {
    static let upkeepPeriod: Duration = .seconds(1)
    /// So many databases closed at once were some megabytes, which the heaps keep for themselves unless they are asked.
    static let trimThreshold = 32
    /// Seconds after which it is asked anyway: between what is in use, free pages add up.
    static let trimPeriod = 20
    /// Openings after which one looks whether too many are open.
    static let openingsPerLook = 16

    private struct State {
        var accounts: [AccountID: Account] = [:]
        var withGarbage: Set<AccountID> = []
        var upkeep: Task<Void, Never>?
        var isClosed = false
    }

    private let store: String
    private let options: MailStore.Options
    private let threads: StoreThreads
    private let clock: @Sendable () -> EpochSeconds
    private let directory: Directory
    private let changes: ChangeFeed
    private let state = Mutex(State())
    private let openings = Atomic(0)
    private let indexer = Indexer()
    /// One thread, which steps back for everything else.
    private let indexThreads = StoreThreads(count: 1, niceness: AccountPool.indexNiceness)
    private static let indexNiceness: Int32 = 10

    init(
        store: String, options: MailStore.Options, threads: StoreThreads, clock: @escaping @Sendable () -> EpochSeconds,
        directory: Directory, changes: ChangeFeed
    ) {
        self.store = store
        self.options = options
        self.threads = threads
        self.clock = clock
        self.directory = directory
        self.changes = changes
    }

    deinit { state.withLock { $0.upkeep?.cancel() } }

    func account(_ id: AccountID) throws(StoreError) -> Account {
        guard id.value > 0 else { throw .noSuchAccount }
        let found: Account? = state.withLock { state in
            guard !state.isClosed else { return nil }
            if let known = state.accounts[id] { return known }
            let made = Account(
                id, in: AccountFolder(of: id, in: store), threads: threads, indexing: indexing,
                policy: options.restore, clock: clock,
                willOpen: { [weak self] in self?.makeRoom() }, onCommit: { [weak self] in self?.committed($0) })
            state.accounts[id] = made
            return made
        }
        guard let found else { throw .closed }
        return found
    }

    private var indexing: IndexingPlan {
        IndexingPlan(
            isOn: options.searchIndex, floor: options.searchIndexFloor, workers: indexThreads
        ) { [weak self, indexer] id in
            indexer.request(id) { [weak self] in try? self?.account($0) }
        }
    }

    func errand(_ id: AccountID) throws(StoreError) -> AccountErrand {
        guard id.value > 0 else { throw .noSuchAccount }
        guard !state.withLock({ $0.isClosed }) else { throw .closed }
        return AccountErrand(id: id, folder: AccountFolder(of: id, in: store), policy: options.restore, now: clock())
    }

    func committed(_ commit: AccountCommit) {
        if commit.madeGarbage { state.withLock { _ = $0.withGarbage.insert(commit.account) } }
        if let usage = commit.usage {
            directory.updateHints(
                of: commit.account, bytesUsed: usage.bytes, messageCount: usage.messages,
                expiry: commit.expiry)
        }
        if let modseq = commit.modseq { changes.publish(commit.account, modseq) }
    }

    var count: Int { state.withLock { $0.accounts.count } }

    // MARK: Upkeep

    func startUpkeep() {
        let task = Task.detached { [weak self] in
            var turn = 0
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.upkeepPeriod)
                guard let self, !Task.isCancelled else { return }
                turn = (turn + 1) % Self.trimPeriod
                await self.collectGarbage()
                await self.closeIdle(trims: turn == 0)
                self.forgetUnused()
            }
        }
        state.withLock { $0.upkeep = task }
    }

    private func collectGarbage() async {
        let waiting = state.withLock { state in
            defer { state.withGarbage = [] }
            return state.withGarbage
        }
        for id in waiting {
            guard let account = try? account(id) else { continue }
            do {
                if await !directory.isHeld(id) { try await account.write { try $0.makeRestorableFit() } }
                try await account.collectGarbage()
            } catch .busy, .diskFull {
                state.withLock { _ = $0.withGarbage.insert(id) }
            } catch {}  // a damaged account says so to whoever uses it next
        }
    }

    /// Closes what has been idle long enough, and more when too many are open.
    private func closeIdle(trims: Bool) async {
        threads.metrics.set(.databasesOpen, open.count)
        let idleSince = ContinuousClock.now - options.idleTime
        try? await threads.run {
            let closed = self.open.count { $0.closeIfIdle(since: idleSince) } + self.closeSurplus()
            guard trims || closed >= Self.trimThreshold else { return }
            csqliteheap_trim()
            malloc_trim(0)
        }
    }

    private var open: [Account] { state.withLock { $0.accounts.values.filter(\.isOpen) } }

    /// The least recently used go first.
    @discardableResult
    private func closeSurplus() -> Int {
        let open = open
        guard open.count > options.openAccounts else { return 0 }
        let oldest = open.sorted { $0.lastUse < $1.lastUse }.prefix(open.count - options.openAccounts)
        return oldest.count { $0.closeIfIdle(since: .now) }
    }

    /// On the thread that is about to open one: upkeep would wait behind all the others that want to open, in a flood of
    /// logins, and descriptors run out before its turn.
    private func makeRoom() {
        if openings.add(1, ordering: .relaxed).newValue % Self.openingsPerLook == 0 { closeSurplus() }
    }

    /// Forgets handles nobody holds.
    func forgetUnused() {
        state.withLock { state in
            for id in Array(state.accounts.keys) where !(state.accounts[id]?.isOpen ?? true) {
                // Taken out while it is asked, so that a reference elsewhere is the only other one.
                guard var account = state.accounts.removeValue(forKey: id) else { continue }
                if !isKnownUniquelyReferenced(&account) || account.isBusy { state.accounts[id] = account }
            }
        }
    }

    func close() async {
        let (accounts, upkeep) = state.withLock { state in
            state.isClosed = true
            defer { state.accounts = [:] }
            return (Array(state.accounts.values), state.upkeep)
        }
        upkeep?.cancel()
        await indexer.close()
        for account in accounts { await account.close() }
    }
}
