package import MailMessage
package import MailStore

/// What setting one limit came to.
package struct QuotaResult: Sendable {
    package let name: String
    package let outcome: Outcome
    /// Of an account what holds for it now; of a group, the default or a pool what was said. Nil = nothing is said there.
    package var limit: QuotaRule.Amount?
    /// Of a dated limit: when it lapses, and what holds then.
    package var until: EpochSeconds?
    package var limitAfterwards: QuotaRule.Amount?
    /// A time of grace, not a limit that somebody has set.
    package var isGrace = false
    /// Of one account: how much it uses.
    package var used: Int64 = 0
    /// Of a pool: what is granted of it; `.max` when a limit in it is none.
    package var granted: Int64?

    init(_ name: String, _ outcome: Outcome, limit: QuotaRule.Amount?) {
        (self.name, self.outcome, self.limit) = (name, outcome, limit)
    }

    init(_ entry: AccountEntry, _ outcome: Outcome) {
        self.init(entry.address.description, outcome, limit: QuotaRule.Amount(entry.quota.bytes))
        (until, isGrace, used) = (entry.quota.until, entry.quota.isGrace, entry.hints.bytesUsed)
        if until != nil { limitAfterwards = QuotaRule.Amount(entry.quota.bytesAfterwards) }
    }

    /// The dated rule of a group, if that was meant, else the other one.
    init(_ scope: QuotaScope, _ outcome: Outcome, dated: QuotaRule?, lasting: QuotaRule?) {
        self.init(scope.description, outcome, limit: (dated ?? lasting)?.bytes)
        if let dated { (until, limitAfterwards) = (dated.until, lasting?.bytes) }
    }
}

extension QuotaRule.Amount {
    /// What counts in the end: nil = unlimited.
    init(_ bytes: Int64?) { self = bytes.map { .limit($0) } ?? .unlimited }

    /// Nil = unlimited.
    var bytes: Int64? { if case .limit(let bytes) = self { bytes } else { nil } }
}
