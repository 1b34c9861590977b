internal import MailMessage
internal import MailStore

/// One run of the purge: asks the directory who may have something due, opens only them, some at a time.
package struct PurgeRun: Sendable {
    /// Accounts at the same moment: while they wait for the disk others work, and what waits together is synced together.
    package static let width = 16
    /// Until a step looks again that found everything claimed by others.
    private static let pause: Duration = .milliseconds(2)

    let administration: Administration
    let request: PurgeRequest
    let listsMessages: Bool
    let isStopped: @Sendable () -> Bool

    package init(
        _ administration: Administration, _ request: PurgeRequest, listsMessages: Bool = false,
        isStopped: @escaping @Sendable () -> Bool = { false }
    ) {
        self.administration = administration
        self.request = request
        self.listsMessages = listsMessages
        self.isStopped = isStopped
    }

    struct Work: Sendable {
        let candidate: PurgeCandidate
        let plan: AccountPurgePlan
    }

    /// `began` is told how many accounts there are to look at, `progress` of each that is done.
    package func run(
        began: (Int) -> Void = { _ in }, progress: (AccountPurge) -> Void
    ) async throws(PurgeError) -> PurgeSummary {
        do {
            let now = administration.clock()
            let mark = PurgeMark(wall: now, uptime: Uptime.seconds, boot: Uptime.boot)
            let survey = try await survey(mark)
            var summary = PurgeSummary()
            (summary.accounts, summary.held, summary.imported) = (survey.sum.accounts, survey.held, survey.imported)
            let isBelieved = survey.clock == .fine || request.isConfirmed || request.isDryRun
            if case .backwards = survey.clock, !isBelieved {
                summary.end = .clock(survey.clock)
                return summary
            }
            if !request.isDryRun, !request.isConfirmed, survey.early > 0 { throw PurgeError.early(survey.early) }
            began(survey.work.count)
            if request.isDryRun || !isBelieved {
                summary.isDryRun = true
                try await rehearse(survey, &summary, progress)
                if !isBelieved { summary.end = .clock(survey.clock) }
                return summary
            }
            if try await exceeds(survey, &summary) { return summary }
            try await begin(mark)
            try await carryOut(survey, &summary, progress)
            try await writeReceipt(summary)
            return summary
        } catch {
            throw (error as? PurgeError) ?? .admin(AdminError(error))
        }
    }

    // MARK: Steps

    private func rehearse(
        _ survey: PurgeSurvey, _ summary: inout PurgeSummary, _ progress: (AccountPurge) -> Void
    ) async throws {
        let pace = PurgePace(request, ceiling: .max, isStopped: isStopped)
        await eachAccount(survey.work, pace, { await count($0) }) { account in
            summary.add(account)
            progress(account)
        }
        summary.end = pace.end ?? .done
        let ceiling = request.ceiling.messages(of: survey.sum.messages)
        if summary.messages > ceiling { summary.end = .tooMany(found: summary.messages, ceiling: ceiling) }
    }

    /// Counted before anything goes, unless the hints leave no doubt.
    private func exceeds(_ survey: PurgeSurvey, _ summary: inout PurgeSummary) async throws -> Bool {
        let ceiling = request.ceiling.messages(of: survey.sum.messages)
        guard request.expunges, survey.work.reduce(0, { $0 + $1.candidate.messages }) > ceiling else { return false }
        let pace = PurgePace(request, ceiling: .max, isStopped: isStopped)
        var found: Int64 = 0
        await eachAccount(survey.work, pace, { await count($0) }) { found += $0.messages }
        if let end = pace.end {
            summary.end = end
            return true
        }
        guard found > ceiling else { return false }
        summary.end = .tooMany(found: found, ceiling: ceiling)
        return true
    }

    private func carryOut(
        _ survey: PurgeSurvey, _ summary: inout PurgeSummary, _ progress: (AccountPurge) -> Void
    ) async throws {
        let ceiling = request.ceiling.messages(of: survey.sum.messages)
        let pace = PurgePace(request, ceiling: ceiling, isStopped: isStopped)
        await eachAccount(survey.work, pace, { await purge($0, pace) }) { account in
            summary.add(account)
            progress(account)
        }
        summary.end = pace.end ?? .done
    }

    /// In the order they end. Begins no account once the pace says that the run is over. With a rate one after the other,
    /// so that it is kept to one step.
    private func eachAccount(
        _ work: [Work], _ pace: PurgePace, _ body: @escaping @Sendable (Work) async -> AccountPurge,
        _ done: (AccountPurge) -> Void
    ) async {
        var waiting = work.makeIterator()
        await withTaskGroup(of: AccountPurge.self) { group in
            for _ in 0..<(request.rate == nil ? Self.width : 1) {
                guard let next = waiting.next() else { break }
                group.addTask { await body(next) }
            }
            while let account = await group.next() {
                done(account)
                guard pace.end == nil, let next = waiting.next() else { continue }
                group.addTask { await body(next) }
            }
        }
    }

    // MARK: One account

    private func count(_ work: Work) async -> AccountPurge {
        var result = AccountPurge(work.candidate)
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

    private func purge(_ work: Work, _ pace: PurgePace) async -> AccountPurge {
        var result = AccountPurge(work.candidate)
        var needsUpkeep = false
        do {
            while await pace.goesOn(), let step = try await step(work, pace) {
                result.add(step)
                needsUpkeep = needsUpkeep || step.needsUpkeep
                if step.isLast { break }
                if step.isEmpty { try? await Task.sleep(for: Self.pause) }
            }
            if needsUpkeep { try await clearAway(in: work.candidate.id) }
        } catch { result.failure = AdminError(error) }
        return result
    }

    /// Nil when nobody has used the account yet.
    private func step(_ work: Work, _ pace: PurgePace) async throws -> PurgeStep? {
        let id = work.candidate.id
        var removed = 0
        defer { pace.settle(id, removed: removed) }
        let step = try await administration.store.writeOnce(id) { try PurgeStep(work, pace, in: $0) }
        removed = step?.gone.count ?? 0
        return step
    }

    private func clearAway(in id: AccountID) async throws {
        try await administration.store.account(id).collectGarbage()
        await administration.store.release(id)
    }
}

/// What a purge refuses before it has begun.
package enum PurgeError: Error, Sendable {
    /// In so many accounts something would go before the time that is set for it.
    case early(Int)
    case admin(AdminError)
}
