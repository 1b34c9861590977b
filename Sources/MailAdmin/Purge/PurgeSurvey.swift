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
                let plan = AccountPurgePlan(request, candidate.retention, at: now)
                if plan.protection == .held { held += 1 }
                if plan.protection == .imported { imported += 1 }
                let isNamed = request.accounts?.contains(candidate.id) == true
                guard plan.mayConcern(candidate.expiry, at: now) || isNamed && plan.protection == nil else { continue }
                if plan.isEarly { early += 1 }
                work.append(Work(candidate: candidate, plan: plan))
            }
            return PurgeSurvey(
                clock: clock, sum: try reader.storeSum(), work: work, held: held, imported: imported, early: early)
        }
    }

    /// From here on the next run measures, also when this one is killed.
    func begin(_ mark: PurgeMark) async throws {
        try await administration.directory.write(by: administration.actor) { try $0.setMark(Self.markName, mark.text) }
    }

    func writeReceipt(_ summary: PurgeSummary) async throws {
        guard summary.touched > 0 || summary.failed > 0 else { return }
        let (object, asked, done) = (receiptObject, request.words, summary.receipt)
        try await administration.directory.write(by: administration.actor) {
            try $0.recordReceipt("purge", object, asked, done)
        }
    }

    private var receiptObject: String {
        guard let accounts = request.accounts, accounts.count == 1, let only = accounts.first else { return "store" }
        return "account \(only)"
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
