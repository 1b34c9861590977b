import MailMessage
import MailStore

/// One transaction of a purge in one account: short, so that nobody waits long behind it.
struct PurgeStep: Sendable {
    private(set) var gone: [DueMessage] = []
    private(set) var reclaimed = 0
    private(set) var reclaimedBytes: Int64 = 0
    /// Otherwise another one follows.
    private(set) var isLast = false
    /// Bytes were given up, and there is more to be cleared away than one step should.
    private(set) var needsUpkeep = false

    var isEmpty: Bool { gone.isEmpty && reclaimed == 0 }

    init(_ work: PurgeRun.Work, _ pace: PurgePace, in account: AccountTransaction) throws {
        guard try purge(work, pace, account) else { return }
        isLast = try reclaim(work, pace, account)
        if reclaimed > 0 { needsUpkeep = try account.needsUpkeep() }
    }

    /// True when nothing is due any more.
    private mutating func purge(
        _ work: PurgeRun.Work, _ pace: PurgePace, _ account: AccountTransaction
    ) throws -> Bool {
        guard !work.plan.cutoff.isEmpty else { return true }
        if work.mayHaveBegunEarly { try account.beginAnew(before: work.plan.cutoff.notBefore) }
        let due = try account.due(work.plan.cutoff, limit: pace.batch)
        guard !due.isEmpty else { return true }
        let share = pace.claim(due.count, .expunge, of: work.candidate.id)
        gone = Array(due.prefix(share))
        try account.purge(gone)
        return share == due.count && due.count < pace.batch
    }

    /// The same for what has been restorable for long enough.
    private mutating func reclaim(
        _ work: PurgeRun.Work, _ pace: PurgePace, _ account: AccountTransaction
    ) throws -> Bool {
        guard work.plan.reclaims else { return true }
        let due = try account.reclaimable(limit: pace.batch)
        guard !due.isEmpty else { return true }
        guard pace.givesUp else { return pace.end == nil }
        let share = pace.claim(due.count, .reclaim, of: work.candidate.id)
        (reclaimed, reclaimedBytes) = try account.reclaim(due.prefix(share))
        return share == due.count && due.count < pace.batch
    }
}
