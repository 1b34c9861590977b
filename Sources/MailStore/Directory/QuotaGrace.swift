internal import MailMessage

/// Whoever uses more than a lowered limit allows keeps the old one for a while: time to tidy up or to ask.
package enum QuotaGrace {
    package static let standardSeconds: Int64 = 30 * 86_400
}

/// One account before a change that may lower its limit.
struct LimitBefore {
    let id: AccountID
    let used: Int64
    /// What holds now, and what holds for good. Nil = unlimited.
    let bytes: Int64?
    let lasting: Int64?
    /// When the former lapses.
    let until: EpochSeconds?

    init(_ entry: AccountEntry) {
        (id, used) = (entry.id, entry.hints.bytesUsed)
        (bytes, lasting, until) = (entry.quota.bytes, entry.quota.lastingBytes, entry.quota.until)
    }

    init(_ facts: AccountUsageFacts) {
        (id, used) = (facts.id, facts.bytesUsed)
        (bytes, lasting, until) = (facts.limit, facts.lastingLimit, facts.until)
    }

    /// The old limit held what is there, the new one does not.
    func isOver(_ limit: Int64?) -> Bool {
        guard let limit, used > limit else { return false }
        return bytes.map { used <= $0 } ?? true
    }

    /// What is kept, and until when: a dated limit lapses on its day all the same.
    func kept(for seconds: Int64, from now: EpochSeconds) -> QuotaRule {
        let isEnough = lasting.map { used <= $0 } ?? true
        let (kept, end) = isEnough ? (lasting, .max) : (bytes, until ?? .max)
        return QuotaRule(
            bytes: kept.map { .limit($0) } ?? .unlimited, until: min(end, now + seconds),
            reason: "the limit has been lowered")
    }
}

extension DirectoryTransaction {
    /// Those whom a change of this level can concern.
    func limitsBefore(_ scope: QuotaScope) throws -> [LimitBefore] {
        if case .account(let id) = scope { return [LimitBefore(try liveAccount(id))] }
        var concerned: [LimitBefore] = []
        try eachUsage { facts in
            if facts.bytesUsed > 0 { concerned.append(LimitBefore(facts)) }
        }
        return concerned
    }

    /// A dated limit that is there already is long enough a warning, and an older grace ends no later than this one.
    func grantGrace(to concerned: [LimitBefore], seconds: Int64 = QuotaGrace.standardSeconds) throws {
        let (over, graced) = try changed(concerned)
        for old in over where seconds > 0 {
            let rule = old.kept(for: seconds, from: now)
            try write(rule, QuotaScope.accountCode, old.id.value, isGrace: true)
            try record("quota grace", QuotaScope.account(old.id).description, "none", Self.text(rule))
        }
        for id in graced { _ = try shortenGrace(of: id, to: seconds) }
    }

    /// True when the account has been granted a longer time of grace before.
    func shortenGrace(of id: AccountID, to seconds: Int64) throws -> Bool {
        knownLevels = [:]
        let end = now + seconds
        let count = try database(
            """
            UPDATE quota_rule SET until = $1 WHERE scope = $2 AND scope_id = $3 AND temporary = 1 AND is_grace = 1
              AND until > $1
            """
        ).run(end, QuotaScope.accountCode, id)
        if count > 0 { try record("quota grace", QuotaScope.account(id).description, "", "until \(end)") }
        return count > 0
    }

    /// Who is over the limit by this change, and who has a grace while another limit waits for its end than before.
    private func changed(_ concerned: [LimitBefore]) throws -> (over: [LimitBefore], graced: [AccountID]) {
        knownLevels = [:]
        let before = Dictionary(concerned.map { ($0.id, $0) }) { first, _ in first }
        var (over, graced): ([LimitBefore], [AccountID]) = ([], [])
        func look(_ facts: LimitBefore, isGrace: Bool) {
            guard let old = before[facts.id] else { return }
            if facts.until == nil, old.isOver(facts.bytes) { over.append(old) }
            if isGrace, old.lasting != facts.lasting { graced.append(facts.id) }
        }
        if concerned.count == 1, let id = concerned.first?.id {
            if let entry = try account(id) { look(LimitBefore(entry), isGrace: entry.quota.isGrace) }
        } else if !concerned.isEmpty {
            try eachUsage { look(LimitBefore($0), isGrace: $0.isGrace) }
        }
        return (over, graced)
    }
}
