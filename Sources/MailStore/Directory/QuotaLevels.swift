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
        let all = ordered(at: now)
        let deciding = all.first { $0.level.bytes(at: now) != nil }
        let messages = all.lazy.compactMap { $0.level.messages(at: now) }.first
        var quota = EffectiveQuota(
            bytes: Self.limited(deciding?.level.bytes(at: now)), messages: Self.limited(messages),
            source: deciding?.source ?? .standard)
        guard let level = deciding?.level, level.isTemporary(at: now) else { return quota }
        (quota.until, quota.reason) = (level.until, level.reason)
        (quota.grantedBy, quota.isGrace) = (level.grantedBy, level.isGrace)
        quota.bytesAfterwards = bytes(at: level.until)
        return quota
    }

    /// Nil = unlimited.
    func bytes(at moment: EpochSeconds) -> Int64? {
        Self.limited(ordered(at: moment).lazy.compactMap { $0.level.bytes(at: moment) }.first)
    }

    /// What counts against the organisation's pool: the most that holds now or when dated limits have lapsed. Nil = unlimited.
    func granted(at now: EpochSeconds) -> Int64? {
        guard let later = bytes(at: .max) else { return nil }
        var levels = self
        if levels.own.isGrace { levels.own.until = 0 }
        return levels.bytes(at: now).map { max($0, later) }
    }

    private func ordered(at now: EpochSeconds) -> [(level: QuotaLevel, source: QuotaSource)] {
        var result: [(level: QuotaLevel, source: QuotaSource)] = [
            (own, .account), (organisation.level, .organisation(OrganisationName(stored: organisation.name))),
        ]
        let best = classes.filter { $0.level.bytes(at: now) != nil }
            .max { Self.rank($0.level.bytes(at: now)) < Self.rank($1.level.bytes(at: now)) }
        if let best { result.append((best.level, .accountClass(ClassName(stored: best.name)))) }
        return result + [(standard, .standard)]
    }

    private static func rank(_ stored: Int64?) -> Int64 { limited(stored) ?? .max }

    private static func limited(_ stored: Int64?) -> Int64? {
        stored.flatMap { $0 == StoredQuota.unlimited ? nil : $0 }
    }
}
