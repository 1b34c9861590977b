internal import MailMessage
internal import MailStore

/// A run in one account.
extension PurgeRun {
    /// Until a step looks again that found everything claimed by others.
    private static let pause: Duration = .milliseconds(2)

    func count(_ work: Work) async -> AccountPurge {
        var result = AccountPurge(work.candidate)
        result.isOver = true
        let (cutoff, reclaims, lists) = (work.plan.cutoff, work.plan.reclaims, listsMessages)
        do {
            let found = try await administration.store.readOnce(work.candidate.id) { reader in
                let due = try reader.due(cutoff)
                let names = lists && !due.isEmpty ? try reader.mailboxes() : []
                return (due: due, names: names, kept: reclaims ? try reader.reclaimable() : (0, 0))
            }
            guard let found else { return result }
            result.add(found.due)
            if lists {
                let places = Dictionary(found.names.map { ($0.id, $0.name) }) { first, _ in first }
                result.list = found.due.map { PurgedMessage(mailbox: places[$0.mailbox], message: $0) }
            }
            (result.reclaimed, result.reclaimedBytes) = (Int64(found.kept.0), found.kept.1)
        } catch { result.failure = AdminError(error) }
        return result
    }

    func purge(_ work: Work, _ pace: PurgePace, _ receipts: PurgeReceipts) async -> AccountPurge {
        var result = AccountPurge(work.candidate)
        do {
            var needsUpkeep = false
            while !result.isOver, await pace.goesOn() {
                let current = try await current(work)
                result.isHeld = current?.plan.protection == .held
                guard let current, !current.plan.isNothing, let step = try await step(current, pace) else {
                    result.isOver = true
                    break
                }
                result.add(step)
                result.isOver = step.isLast
                needsUpkeep = needsUpkeep || step.needsUpkeep
                await receipts.take(step, of: work.candidate.id)
                if step.isEmpty, !step.isLast { try? await Task.sleep(for: Self.pause) }
            }
            if needsUpkeep { try await clearAway(in: work.candidate.id, pace) }
        } catch { (result.failure, result.isOver) = (AdminError(error), true) }
        return result
    }

    /// Nil when nobody has used the account yet.
    private func step(_ work: Work, _ pace: PurgePace) async throws -> PurgeStep? {
        let id = work.candidate.id
        var step: PurgeStep?
        defer {
            pace.settle(id, .expunge, removed: step?.gone.count ?? 0)
            pace.settle(id, .reclaim, removed: step?.reclaimed ?? 0)
        }
        step = try await administration.store.writeOnce(id) { try PurgeStep(work, pace, in: $0) }
        return step
    }

    private func clearAway(in id: AccountID, _ pace: PurgePace) async throws {
        try await administration.store.account(id).collectGarbage(while: { await pace.goesOn() })
        await administration.store.release(id)
    }
}
