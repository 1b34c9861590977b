internal import MailMessage
internal import MailStore

/// One run of the purge: asks the directory who may have something due, opens only them, some at a time.
package struct PurgeRun: Sendable {
    /// Accounts at the same moment: while one waits for the disk another one works.
    static let width = 4

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
        await eachAccount(survey.work, pace, { await purge($0, pace, ceiling) }) { account in
            summary.add(account)
            progress(account)
        }
        summary.end = pace.end ?? .done
    }

    /// In the order they end. Begins no account once the pace says that the run is over.
    private func eachAccount(
        _ work: [Work], _ pace: PurgePace, _ body: @escaping @Sendable (Work) async -> AccountPurge,
        _ done: (AccountPurge) -> Void
    ) async {
        var waiting = work.makeIterator()
        await withTaskGroup(of: AccountPurge.self) { group in
            for _ in 0..<Self.width {
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
            let (due, names, kept) = try await administration.store.account(work.candidate.id).read { reader in
                let due = try reader.due(cutoff)
                let names = lists && !due.isEmpty ? try reader.mailboxes() : []
                return (due, names, reclaims ? try reader.reclaimable() : (0, 0))
            }
            result.add(due)
            if lists {
                let places = Dictionary(names.map { ($0.id, $0.name) }) { first, _ in first }
                result.list = due.map { PurgedMessage(mailbox: places[$0.mailbox], message: $0) }
            }
            (result.reclaimed, result.reclaimedBytes) = (Int64(kept.0), kept.1)
        } catch { result.failure = AdminError(error) }
        await administration.store.release(work.candidate.id)
        return result
    }

    private func purge(_ work: Work, _ pace: PurgePace, _ ceiling: Int64) async -> AccountPurge {
        var result = AccountPurge(work.candidate)
        do {
            let account = try administration.store.account(work.candidate.id)
            let cutoff = work.plan.cutoff
            while try await isDue(cutoff, account), let share = await pace.next(ceiling: ceiling) {
                var gone: [DueMessage] = []
                defer { pace.used(gone.count, of: share) }
                gone = try await account.write { try $0.purge(cutoff, limit: share) }
                result.add(gone)
                if gone.count < share { break }
            }
            if work.plan.reclaims, pace.end == nil { try await reclaim(account, pace, &result) }
        } catch { result.failure = AdminError(error) }
        await administration.store.release(work.candidate.id)
        return result
    }

    /// Asked before a share of what may still go is taken.
    private func isDue(_ cutoff: PurgeCutoff, _ account: Account) async throws -> Bool {
        guard !cutoff.isEmpty else { return false }
        return try await account.read { try !$0.due(cutoff, limit: 1).isEmpty }
    }

    private func reclaim(_ account: Account, _ pace: PurgePace, _ result: inout AccountPurge) async throws {
        while pace.end == nil {
            let given = try await account.write { try $0.reclaim(limit: PurgePace.batch) }
            result.reclaimed += Int64(given.messages)
            result.reclaimedBytes += given.bytes
            if given.messages < PurgePace.batch { break }
        }
        if result.reclaimed > 0 { try await account.collectGarbage() }
    }
}

/// What a purge refuses before it has begun.
package enum PurgeError: Error, Sendable {
    /// In so many accounts something would go before the time that is set for it.
    case early(Int)
    case admin(AdminError)
}
