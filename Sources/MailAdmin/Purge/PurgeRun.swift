internal import MailMessage
internal import MailStore

/// One run of the purge: asks the directory who may have something due, opens only them, some at a time.
package struct PurgeRun: Sendable {
    /// Accounts at the same moment: while they wait for the disk others work, and what waits together is synced together.
    package static let width = 16
    /// Between two lines of a run in the audit trail.
    static let receiptInterval = Duration.seconds(10)

    let administration: Administration
    let request: PurgeRequest
    let listsMessages: Bool
    let isStopped: @Sendable () -> Bool
    private let receiptInterval: Duration

    package init(
        _ administration: Administration, _ request: PurgeRequest, listsMessages: Bool = false,
        isStopped: @escaping @Sendable () -> Bool = { false }
    ) {
        self.init(
            administration, request, listsMessages: listsMessages, receiptEvery: Self.receiptInterval,
            isStopped: isStopped)
    }

    init(
        _ administration: Administration, _ request: PurgeRequest, listsMessages: Bool = false, receiptEvery: Duration,
        isStopped: @escaping @Sendable () -> Bool = { false }
    ) {
        self.administration = administration
        self.request = request
        self.listsMessages = listsMessages
        self.isStopped = isStopped
        receiptInterval = receiptEvery
    }

    struct Work: Sendable {
        let candidate: PurgeCandidate
        /// By which clock it was planned.
        let moment: EpochSeconds
        let plan: AccountPurgePlan
    }

    /// `began` is told how many accounts there are to look at, `progress` of each that is done.
    package func run(
        began: (Int) -> Void = { _ in }, progress: (AccountPurge) -> Void
    ) async throws(PurgeError) -> PurgeSummary {
        do {
            let mark = PurgeMark.here(administration.clock())
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
            let pace = PurgePace(request, ceiling: { ceiling($0, survey) }, isStopped: isStopped)
            if request.isDryRun || !isBelieved {
                summary.isDryRun = true
                await rehearse(survey, pace, &summary, progress)
                if !isBelieved { summary.end = .clock(survey.clock) }
                return summary
            }
            if let end = await excess(survey, pace) {
                summary.end = end
                return summary
            }
            try await carryOut(survey, mark, pace, &summary, progress)
            return summary
        } catch {
            throw (error as? PurgeError) ?? .admin(AdminError(error))
        }
    }

    // MARK: Steps

    private func ceiling(_ part: PurgePart, _ survey: PurgeSurvey) -> Int64 {
        request.ceiling.messages(part, of: survey.sum.messages)
    }

    private func rehearse(
        _ survey: PurgeSurvey, _ pace: PurgePace, _ summary: inout PurgeSummary, _ progress: (AccountPurge) -> Void
    ) async {
        let isWhole = await eachAccount(survey.work, pace, { await count($0) }) { account in
            summary.add(account)
            progress(account)
        }
        summary.end =
            summary.excess(.expunge, over: ceiling(.expunge, survey))
            ?? summary.excess(.reclaim, over: ceiling(.reclaim, survey)) ?? pace.verdict(isWhole: isWhole)
    }

    /// Why nothing may go: counted before anything does, unless the hints leave no doubt.
    private func excess(_ survey: PurgeSurvey, _ pace: PurgePace) async -> PurgeEnd? {
        let ceiling = ceiling(.expunge, survey)
        guard request.expunges, survey.work.reduce(0, { $0 + $1.candidate.messages }) > ceiling else { return nil }
        var found = PurgeSummary()
        let isWhole = await eachAccount(survey.work, pace, { await count($0) }) { found.add($0) }
        return found.excess(.expunge, over: ceiling) ?? (isWhole ? nil : pace.end)
    }

    private func carryOut(
        _ survey: PurgeSurvey, _ mark: PurgeMark, _ pace: PurgePace, _ summary: inout PurgeSummary,
        _ progress: (AccountPurge) -> Void
    ) async throws {
        let receipts = PurgeReceipts(
            administration, request, accounts: survey.sum.accounts, every: receiptInterval)
        try await receipts.begin(mark, hasWork: !survey.work.isEmpty)
        let isWhole = await eachAccount(survey.work, pace, { await purge($0, pace, receipts) }) { account in
            summary.add(account)
            progress(account)
        }
        summary.end = pace.verdict(isWhole: isWhole)
        guard !survey.work.isEmpty else { return }
        do { try await receipts.finish(summary) } catch { summary.receiptFailure = AdminError(error) }
    }

    /// In the order they end. Begins no account once the pace says that the run is over. With a rate one after the other,
    /// so that it is kept to one step. True when nothing is left to be done in any of them.
    private func eachAccount(
        _ work: [Work], _ pace: PurgePace, _ body: @escaping @Sendable (Work) async -> AccountPurge,
        _ done: (AccountPurge) -> Void
    ) async -> Bool {
        var waiting = work.makeIterator()
        var left = work.count
        await withTaskGroup(of: AccountPurge.self) { group in
            for _ in 0..<(request.rate == nil ? Self.width : 1) {
                guard let next = waiting.next() else { break }
                group.addTask { await body(next) }
            }
            while let account = await group.next() {
                if account.isOver { left -= 1 }
                done(account)
                guard pace.end == nil, let next = waiting.next() else { continue }
                group.addTask { await body(next) }
            }
        }
        return left == 0
    }
}

/// What a purge refuses before it has begun.
package enum PurgeError: Error, Sendable {
    /// In so many accounts something would go before the time that is set for it.
    case early(Int)
    case admin(AdminError)
}
