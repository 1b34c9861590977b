internal import MailMessage
internal import Synchronization

/// Fills indexes in the background: one account at a time, with rests longer than the work.
final class Indexer: Sendable {
    /// Rest after a step, as a multiple of what it took.
    static let restFactor = 2
    static let pause: Duration = .milliseconds(20)
    /// Accounts that may wait; the next search asks again.
    static let waitingLimit = 1_000

    private struct State {
        var waiting: [AccountID] = []
        var work: Task<Void, Never>?
        var isClosed = false
    }

    private let state = Mutex(State())

    func request(_ id: AccountID, find: @escaping @Sendable (AccountID) -> Account?) {
        state.withLock { state in
            guard !state.isClosed, !state.waiting.contains(id), state.waiting.count < Self.waitingLimit else { return }
            state.waiting.append(id)
            if state.work == nil { state.work = Task.detached { [self] in await run(find) } }
        }
    }

    private func run(_ find: @Sendable (AccountID) -> Account?) async {
        while let id = next() {
            if let account = find(id) { await Self.fill(account) }
            state.withLock { if $0.waiting.first == id { $0.waiting.removeFirst() } }
        }
    }

    /// The first one stays in the list while it is worked on.
    private func next() -> AccountID? {
        state.withLock { state in
            if state.isClosed || state.waiting.isEmpty { state.work = nil }
            return state.work == nil ? nil : state.waiting.first
        }
    }

    /// Until nothing is left to add, or it cannot be added now: a full disk, a damaged account, another process.
    static func fill(_ account: Account) async {
        guard await deserves(account) else { return }
        var others = 0
        while !Task.isCancelled, others < 3 {
            let began = ContinuousClock.now
            guard let progress = try? await account.index(.background), progress != .complete else { return }
            others = progress == .again ? others + 1 : 0
            try? await Task.sleep(for: max(pause, (ContinuousClock.now - began) * restFactor))
        }
    }

    private static func deserves(_ account: Account) async -> Bool {
        if await account.index.exists { return true }
        let usage = try? await account.read { try $0.usage() }
        return usage.map { $0.bytes >= account.indexFloor } ?? false
    }

    func close() async {
        let work = state.withLock { state in
            state.isClosed = true
            return state.work
        }
        work?.cancel()
        await work?.value
    }
}

/// What an account knows of its index beside the file.
struct IndexingPlan: Sendable {
    /// Whether searches use it.
    let isOn: Bool
    /// From so many bytes on an account gets one.
    let floor: Int64
    let workers: StoreThreads
    /// Asks for the account to be filled in the background.
    let request: @Sendable (AccountID) -> Void
}
