internal import MailStore
internal import Synchronization

/// When a run has to end, how fast it may go, and how much it may still take: asked in every step.
final class PurgePace: Sendable {
    /// Of one transaction: some milliseconds, so that nobody waits long behind it.
    static let batch = 500
    /// What slow steps fall behind the rate may be made up for, but no more of it than this.
    private static let arrears = Duration.seconds(1)

    private struct Allowance {
        let ceiling: Int64
        var left: Int64
        /// What steps that are under way may take: when one fails, its share comes back.
        var claims: [AccountID: Int] = [:]

        init(_ ceiling: Int64) { (self.ceiling, left) = (ceiling, ceiling) }
    }

    private struct State {
        var expunge: Allowance
        var reclaim: Allowance
        /// Before it, the rate lets no step begin.
        var next = ContinuousClock.now
        var end: PurgeEnd?
        /// No more is given up, while the rest goes on.
        var isReclaimFull = false

        subscript(part: PurgePart) -> Allowance {
            get { part == .expunge ? expunge : reclaim }
            set { if part == .expunge { expunge = newValue } else { reclaim = newValue } }
        }

        mutating func fill(_ part: PurgePart) {
            if part == .reclaim { isReclaimFull = true } else { end = end ?? .full(part, ceiling: self[part].ceiling) }
        }
    }

    /// Messages of one step.
    let batch: Int
    private let state: Mutex<State>
    private let rate: Int?
    private let endsAt: ContinuousClock.Instant
    private let isStopped: @Sendable () -> Bool

    init(_ request: PurgeRequest, ceiling: (PurgePart) -> Int64, isStopped: @escaping @Sendable () -> Bool) {
        state = Mutex(State(expunge: Allowance(ceiling(.expunge)), reclaim: Allowance(ceiling(.reclaim))))
        rate = request.rate
        batch = request.rate.map { max(1, min(Self.batch, $0)) } ?? Self.batch
        endsAt = .now + .seconds(request.longest)
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
            let next = state.withLock { $0.next }
            guard next > .now else { return true }
            try? await Task.sleep(until: min(next, .now + .milliseconds(100)))
        }
        return false
    }

    /// How it has ended: `isWhole` when nothing was left to be done in any account.
    func verdict(isWhole: Bool) -> PurgeEnd {
        if !isWhole, let end { return end }
        return state.withLock { $0.isReclaimFull ? .full(.reclaim, ceiling: $0.reclaim.ceiling) : .done }
    }

    /// As much may be given up as the ceiling allows.
    var givesUp: Bool { end == nil && state.withLock { !$0.isReclaimFull } }

    /// How many of `wanted` messages may go, asked with the account open. None while others have claimed the rest; when
    /// nobody has, the ceiling is reached: with what leaves mailboxes the run is over, with what is given up only that.
    func claim(_ wanted: Int, _ part: PurgePart, of account: AccountID) -> Int {
        state.withLock { state in
            guard state[part].left > 0 else {
                if state[part].claims.isEmpty { state.fill(part) }
                return 0
            }
            let share = min(Int64(wanted), state[part].left)
            state[part].left -= share
            state[part].claims[account] = Int(share)
            return Int(share)
        }
    }

    /// The step is over: what it has removed for good.
    func settle(_ account: AccountID, _ part: PurgePart, removed: Int) {
        state.withLock { state in
            guard let share = state[part].claims.removeValue(forKey: account) else { return }
            state[part].left += Int64(share - removed)
            guard let rate else { return }
            let earliest = max(state.next, .now - Self.arrears)
            state.next = earliest + .microseconds(removed * 1_000_000 / max(1, rate))
        }
    }
}
