internal import MailMessage
internal import MailStore

/// What the directory knows before any account is opened.
struct PurgeSurvey: Sendable {
    let clock: PurgeClock
    let sum: StoreSum
    let work: [PurgeRun.Work]
    let held: Int
    let imported: Int
    /// Accounts where something would go before the time that is set.
    let early: Int
}

extension PurgeRun {
    static let markName = "purge.last_run"

    func survey(_ mark: PurgeMark) async throws -> PurgeSurvey {
        let (request, now) = (request, mark.wall)
        return try await administration.directory.read { reader in
            let horizon = request.horizon(shortest: try reader.shortestRetention(), at: now)
            let clock = PurgeClock.judge(
                mark, last: try reader.setting(Self.markName).flatMap(PurgeMark.init), madeAt: try reader.createdAt())
            var (work, held, imported, early): ([Work], Int, Int, Int) = ([], 0, 0, 0)
            for candidate in try reader.purgeCandidates(within: horizon) where request.admits(candidate) {
                let turn = Work(candidate, request, at: now)
                let plan = turn.plan
                if plan.protection == .held { held += 1 }
                if plan.protection == .imported { imported += 1 }
                let isNamed = request.accounts?.contains(candidate.id) == true
                guard plan.mayConcern(candidate.expiry, at: now) || isNamed && plan.protection == nil else { continue }
                if plan.isEarly { early += 1 }
                work.append(turn)
            }
            return PurgeSurvey(
                clock: clock, sum: try reader.storeSum(), work: work, held: held, imported: imported, early: early)
        }
    }

    /// The same for one account, whose turn it is: what was decided meanwhile counts. Nil when it is no longer meant.
    func current(_ work: Work) async throws -> Work? {
        let (id, now) = (work.candidate.id, work.moment)
        guard let candidate = try await administration.directory.read({ try $0.purgeCandidate(id) }),
            request.admits(candidate)
        else { return nil }
        let work = Work(candidate, request, at: now)
        return work.plan.isEarly && !request.isConfirmed ? nil : work
    }
}

extension PurgeRun.Work {
    init(_ candidate: PurgeCandidate, _ request: PurgeRequest, at now: EpochSeconds) {
        self.candidate = candidate
        moment = now
        plan = AccountPurgePlan(request, candidate.retention, at: now, madeAt: candidate.createdAt)
    }

    /// Whether something may lie in Trash or Junk since before the account was made, by the hints.
    var mayHaveBegunEarly: Bool {
        [candidate.expiry.trashedSince, candidate.expiry.junkedSince].contains {
            $0.map { $0 < plan.cutoff.notBefore } ?? false
        }
    }
}

extension PurgeRequest {
    /// What was asked, for the audit trail.
    var words: String {
        var parts = [olderThan.map { "older than \(SpanText.format(Int(clamping: $0)))" } ?? "periods as set"]
        parts += folders.map { folder in
            switch folder {
            case .trash: "trash"
            case .junk: "junk"
            case .named(let name): "mailbox \(name)"
            }
        }
        if let accounts { parts.append("\(accounts.count) accounts") }
        if let organisations { parts.append("org " + organisations.map(\.text).sorted().joined(separator: " ")) }
        return parts.joined(separator: ", ")
    }
}
