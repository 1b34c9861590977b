package import MailMessage
package import MailStore

/// When an account will be full if it goes on as it did.
package struct QuotaForecast: Sendable {
    package let entry: AccountEntry
    /// Bytes a day; over the last 30 days or as many as are known.
    package let pace: Int64
    package let fullAt: EpochSeconds
    package let weight: AccountWeight

    /// What would make room, in words; nil when nothing stands out.
    package var remedy: String? {
        var parts: [String] = []
        if weight.trashBytes >= Self.worthNaming { parts.append("\(SizeText.format(weight.trashBytes)) in Trash") }
        if weight.junkBytes >= Self.worthNaming { parts.append("\(SizeText.format(weight.junkBytes)) in Junk") }
        if weight.largeMessages > 0 {
            let what = weight.largeMessages == 1 ? "attachment" : "attachments"
            parts.append("\(SizeText.format(weight.largeBytes)) in \(weight.largeMessages) \(what)")
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    static let worthNaming: Int64 = 1_000_000
}

/// The pure part: pace from a sample, and the day from the pace.
package struct QuotaPace: Sendable, Equatable {
    package static let windowDays: Int64 = 30

    /// Bytes a day; nil when less than a day is known or use does not grow.
    package let bytesPerDay: Int64

    package init?(from sample: UsageSample, to used: Int64, at now: EpochSeconds) {
        let days = UsageSamples.day(of: now) - sample.day
        guard days > 0, used > sample.bytes else { return nil }
        bytesPerDay = max(1, (used - sample.bytes) / days)
    }

    /// Nil when that is further away than anybody plans.
    package func fullAt(used: Int64, limit: Int64, now: EpochSeconds) -> EpochSeconds? {
        guard used < limit else { return now }
        let days = (limit - used) / bytesPerDay
        guard days < Self.longestDays else { return nil }
        return now + days * UsageSamples.daySeconds
    }

    private static let longestDays: Int64 = 36_500
}

extension Administration {
    /// Who will be full within `seconds` at the pace of the last 30 days, the soonest first, at most `limit` of them.
    package func quotaForecast(within seconds: Int64, limit: Int) async throws(AdminError) -> [QuotaForecast] {
        let now = clock()
        let due = try await reading { try Self.due(in: $0, by: now + seconds, now: now) }
        var forecasts: [QuotaForecast] = []
        for (id, pace, fullAt) in due.prefix(limit) {
            guard let entry = try await reading({ try $0.account(id) }) else { continue }
            forecasts.append(
                QuotaForecast(entry: entry, pace: pace, fullAt: fullAt, weight: try await weight(of: id)))
        }
        return forecasts
    }

    /// Nothing for an account that nobody has used: its database is not made for a question.
    func weight(of id: AccountID) async throws(AdminError) -> AccountWeight {
        do { return try await store.weight(of: id) ?? AccountWeight() } catch { throw .store(error) }
    }

    private static func due(in reader: DirectoryReader, by end: EpochSeconds, now: EpochSeconds) throws
        -> [(id: AccountID, pace: Int64, fullAt: EpochSeconds)]
    {
        var samples: [AccountID: UsageSample] = [:]
        try reader.eachSample(at: UsageSamples.day(of: now) - QuotaPace.windowDays) { samples[$0] = $1 }
        var due: [(id: AccountID, pace: Int64, fullAt: EpochSeconds)] = []
        try reader.eachUsage { facts in
            guard let sample = samples[facts.id], let limit = facts.limit,
                let pace = QuotaPace(from: sample, to: facts.bytesUsed, at: now),
                let fullAt = pace.fullAt(used: facts.bytesUsed, limit: limit, now: now), fullAt <= end
            else { return }
            due.append((facts.id, pace.bytesPerDay, fullAt))
        }
        return due.sorted { ($0.fullAt, $0.id.value) < ($1.fullAt, $1.id.value) }
    }
}
