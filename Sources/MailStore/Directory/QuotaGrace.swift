internal import MailMessage

/// Whoever uses more than a lowered limit allows keeps the old one for a while: time to tidy up or to ask.
package enum QuotaGrace {
    package static let standardSeconds: Int64 = 30 * 86_400
}

/// One account before a change that may lower its limit.
struct LimitBefore {
    let id: AccountID
    /// Nil = unlimited.
    let bytes: Int64?
    let used: Int64

    /// The old limit held what is there, the new one does not.
    func isOver(_ limit: Int64?) -> Bool {
        guard let limit, used > limit else { return false }
        return bytes.map { used <= $0 } ?? true
    }
}

extension DirectoryTransaction {
    /// Those whom a change of this level can concern.
    func limitsBefore(_ scope: QuotaScope) throws -> [LimitBefore] {
        if case .account(let id) = scope {
            let entry = try liveAccount(id)
            return [LimitBefore(id: id, bytes: entry.quota.bytes, used: entry.hints.bytesUsed)]
        }
        var concerned: [LimitBefore] = []
        try eachUsage { facts in
            guard facts.bytesUsed > 0 else { return }
            concerned.append(LimitBefore(id: facts.id, bytes: facts.limit, used: facts.bytesUsed))
        }
        return concerned
    }

    /// A dated limit that is there already is long enough a warning.
    func grantGrace(to concerned: [LimitBefore], seconds: Int64 = QuotaGrace.standardSeconds) throws {
        guard seconds > 0 else { return }
        for old in try nowOver(concerned) {
            let rule = QuotaRule(
                bytes: old.bytes.map { .limit($0) } ?? .unlimited, until: now + seconds,
                reason: "the limit has been lowered")
            try write(rule, QuotaScope.accountCode, old.id.value, isGrace: true)
            try record("quota grace", QuotaScope.account(old.id).description, "none", Self.text(rule))
        }
    }

    private func nowOver(_ concerned: [LimitBefore]) throws -> [LimitBefore] {
        knownLevels = [:]
        if concerned.count == 1, let old = concerned.first {
            guard let quota = try account(old.id)?.quota, quota.until == nil, old.isOver(quota.bytes) else { return [] }
            return [old]
        }
        guard !concerned.isEmpty else { return [] }
        let before = Dictionary(concerned.map { ($0.id, $0) }) { first, _ in first }
        var over: [LimitBefore] = []
        try eachUsage { facts in
            if facts.until == nil, let old = before[facts.id], old.isOver(facts.limit) { over.append(old) }
        }
        return over
    }
}
