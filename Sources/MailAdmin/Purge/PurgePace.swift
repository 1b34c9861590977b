internal import Synchronization

/// When a run has to end, how fast it may go, and how much it may still take: asked before every batch.
final class PurgePace: Sendable {
    /// Of one transaction: some milliseconds, so that nobody waits long behind it.
    static let batch = 500

    private struct State {
        var left: Int64
        var taken: Int64 = 0
        /// Shares that are being used: some of them may come back.
        var lent = 0
        var end: PurgeEnd?
    }

    private let state: Mutex<State>
    private let rate: Int?
    private let startedAt = ContinuousClock.now
    private let endsAt: ContinuousClock.Instant
    private let isStopped: @Sendable () -> Bool

    init(_ request: PurgeRequest, ceiling: Int64, isStopped: @escaping @Sendable () -> Bool) {
        state = Mutex(State(left: ceiling))
        rate = request.rate
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

    /// How many messages the next transaction may remove; nil: the run is over.
    func next(ceiling: Int64) async -> Int? {
        await wait()
        while end == nil {
            if let share = take(ceiling) { return share }
            try? await Task.sleep(for: .milliseconds(2))
        }
        return nil
    }

    /// Nil: everything is lent, or the ceiling is reached and the run over.
    private func take(_ ceiling: Int64) -> Int? {
        let most = rate.map { max(1, min(Self.batch, $0)) } ?? Self.batch
        return state.withLock { state in
            guard state.left > 0 else {
                if state.lent == 0 { state.end = state.end ?? .tooMany(found: state.taken, ceiling: ceiling) }
                return nil
            }
            let share = min(Int64(most), state.left)
            state.left -= share
            state.lent += 1
            return Int(share)
        }
    }

    /// What of a share was used.
    func used(_ count: Int, of share: Int) {
        state.withLock { state in
            state.left += Int64(share - count)
            state.lent -= 1
            state.taken += Int64(count)
        }
    }

    private func wait() async {
        guard let rate, rate > 0 else { return }
        while end == nil {
            let taken = state.withLock { $0.taken }
            let due = startedAt + .milliseconds(taken * 1_000 / Int64(rate))
            guard due > .now else { return }
            try? await Task.sleep(until: min(due, .now + .milliseconds(100)))
        }
    }
}
