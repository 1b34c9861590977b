internal import MailMessage

/// The rules of one level: a dated one counts until its moment, then the permanent one again.
struct QuotaLevel: Equatable {
    var permanent = StoredQuota()
    var temporary = StoredQuota()
    var until: EpochSeconds = 0
    var reason = ""
    var grantedBy = ""
    var isGrace = false

    func bytes(at now: EpochSeconds) -> Int64? { (until > now ? temporary.bytes : nil) ?? permanent.bytes }
    func messages(at now: EpochSeconds) -> Int64? { (until > now ? temporary.messages : nil) ?? permanent.messages }
    func isTemporary(at now: EpochSeconds) -> Bool { until > now && temporary.bytes != nil }
}

/// The levels that decide about one account, the nearest first. Of several classes the most generous counts.
struct QuotaLevels {
    var own: QuotaLevel
    var organisation: (level: QuotaLevel, name: String)
    var classes: [(level: QuotaLevel, name: String)]
    var standard: QuotaLevel

    func effective(at now: EpochSeconds) -> EffectiveQuota {
        let (deciding, source) = deciding(at: now)
        var quota = EffectiveQuota(
            bytes: Self.limited(deciding.bytes(at: now)), messages: Self.limited(messages(at: now)), source: source)
        guard deciding.isTemporary(at: now) else { return quota }
        (quota.until, quota.reason) = (deciding.until, deciding.reason)
        (quota.grantedBy, quota.isGrace) = (deciding.grantedBy, deciding.isGrace)
        quota.bytesAfterwards = bytes(at: deciding.until)
        return quota
    }

    /// Nil = unlimited.
    func bytes(at moment: EpochSeconds) -> Int64? {
        Self.limited(
            own.bytes(at: moment) ?? organisation.level.bytes(at: moment) ?? best(at: moment)?.level.bytes(at: moment)
                ?? standard.bytes(at: moment))
    }

    private func messages(at moment: EpochSeconds) -> Int64? {
        own.messages(at: moment) ?? organisation.level.messages(at: moment)
            ?? best(at: moment)?.level.messages(at: moment) ?? standard.messages(at: moment)
    }

    /// What counts against the organisation's pool: the most that holds now or when dated limits have lapsed. Nil = unlimited.
    func granted(at now: EpochSeconds) -> Int64? {
        guard let later = bytes(at: .max) else { return nil }
        var levels = self
        if levels.own.isGrace { levels.own.until = 0 }
        return levels.bytes(at: now).map { max($0, later) }
    }

    private func deciding(at now: EpochSeconds) -> (level: QuotaLevel, source: QuotaSource) {
        if own.bytes(at: now) != nil { return (own, .account) }
        if organisation.level.bytes(at: now) != nil {
            return (organisation.level, .organisation(OrganisationName(stored: organisation.name)))
        }
        if let best = best(at: now) { return (best.level, .accountClass(ClassName(stored: best.name))) }
        return (standard, .standard)
    }

    private func best(at now: EpochSeconds) -> (level: QuotaLevel, name: String)? {
        var best: (level: QuotaLevel, name: String)?
        for next in classes where next.level.bytes(at: now) != nil {
            if let best, Self.rank(next.level.bytes(at: now)) <= Self.rank(best.level.bytes(at: now)) { continue }
            best = next
        }
        return best
    }

    private static func rank(_ stored: Int64?) -> Int64 { limited(stored) ?? .max }

    private static func limited(_ stored: Int64?) -> Int64? {
        stored.flatMap { $0 == StoredQuota.unlimited ? nil : $0 }
    }
}
