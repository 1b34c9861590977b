internal import MailStore
internal import Synchronization

/// When a run has to end, how fast it may go, and how much it may still take: asked in every step.
final class PurgePace: Sendable {
    /// Of one transaction: some milliseconds, so that nobody waits long behind it.
    static let batch = 500

    private struct State {
        var left: Int64
        var taken: Int64 = 0
        /// What steps that are under way may remove: when one fails, its share comes back.
        var claims: [AccountID: Int] = [:]
        var end: PurgeEnd?
    }

    /// Messages of one step.
    let batch: Int
    private let state: Mutex<State>
    private let ceiling: Int64
    private let rate: Int?
    private let startedAt = ContinuousClock.now
    private let endsAt: ContinuousClock.Instant
    private let isStopped: @Sendable () -> Bool

    init(_ request: PurgeRequest, ceiling: Int64, isStopped: @escaping @Sendable () -> Bool) {
        state = Mutex(State(left: ceiling))
        self.ceiling = ceiling
        rate = request.rate
        batch = request.rate.map { max(1, min(Self.batch, $0)) } ?? Self.batch
        endsAt = startedAt + .seconds(request.longest)
        self.isStopped = isStopped
    }

    /// Why the run has to end now; nil: go on.
    var end: PurgeEnd? {
        if let known = state.withLock({ $0.end }) { return known }
        let found: PurgeEnd? = isStopped() ? .stopped : .now >= endsAt ? .outOfTime : nil
        if let found { state.withLock { $0.end = $0.end ?? found } }
        return found
    }

    /// False: the run is over. Waits as long as the rate wants it.
    func goesOn() async -> Bool {
        while end == nil {
            let taken = state.withLock { $0.taken }
            guard let rate, rate > 0 else { return true }
            let due = startedAt + .milliseconds(taken * 1_000 / Int64(rate))
            guard due > .now else { return true }
            try? await Task.sleep(until: min(due, .now + .milliseconds(100)))
        }
        return false
    }

    /// How many of `wanted` messages may go, asked with the account open. None while others have claimed the rest; when
    /// nobody has, the ceiling is reached and the run over.
    func claim(_ wanted: Int, of account: AccountID) -> Int {
        state.withLock { state in
            guard state.left > 0 else {
                if state.claims.isEmpty { state.end = state.end ?? .tooMany(found: state.taken, ceiling: ceiling) }
                return 0
            }
            let share = min(Int64(wanted), state.left)
            state.left -= share
            state.claims[account] = Int(share)
            return Int(share)
        }
    }

    /// The step is over: what it removed for good.
    func settle(_ account: AccountID, removed: Int) {
        state.withLock { state in
            guard let share = state.claims.removeValue(forKey: account) else { return }
            state.left += Int64(share - removed)
            state.taken += Int64(removed)
        }
    }
}
