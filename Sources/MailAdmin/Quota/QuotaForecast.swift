package import MailMessage
package import MailStore

/// When an account will be full if it goes on as it did.
package struct QuotaForecast: Sendable {
    package let entry: AccountEntry
    /// Bytes a day; over the last 30 days or as many as are known.
    package let pace: Int64
    package let fullAt: EpochSeconds
    package let weight: AccountWeight
    /// Why nothing is known of what fills the account.
    package let failure: AdminError?

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

extension AccountUsageFacts {
    /// When the account will be full; without a pace only because a dated limit lapses, and another one counts from then on.
    package func fullAt(_ pace: QuotaPace?, now: EpochSeconds) -> EpochSeconds? {
        let soon = limit.flatMap { pace?.fullAt(used: bytesUsed, limit: $0, now: now) }
        guard let until, soon ?? .max > until else { return soon }
        guard let then = limitAfterwards else { return nil }
        return bytesUsed > then ? until : pace?.fullAt(used: bytesUsed, limit: then, now: now).map { max($0, until) }
    }
}

extension Administration {
    /// Who will be full within `seconds` at the pace of the last 30 days, the soonest first, at most `limit` of them. `began`
    /// is told how many accounts there are to look into, `progress` of each.
    package func quotaForecast(
        within seconds: Int64, limit: Int, began: (Int) -> Void = { _ in }, progress: () -> Void = {}
    ) async throws(AdminError) -> [QuotaForecast] {
        let now = clock()
        let due = try await reading { try Self.due(in: $0, by: now + seconds, now: now) }.prefix(limit)
        began(due.count)
        var forecasts: [QuotaForecast] = []
        for (id, pace, fullAt) in due {
            if let entry = try await reading({ try $0.account(id) }) {
                forecasts.append(await forecast(entry, pace, fullAt))
            }
            progress()
        }
        return forecasts
    }

    private func forecast(_ entry: AccountEntry, _ pace: Int64, _ fullAt: EpochSeconds) async -> QuotaForecast {
        do {
            let weight = try await weight(of: entry.id)
            return QuotaForecast(entry: entry, pace: pace, fullAt: fullAt, weight: weight, failure: nil)
        } catch {
            return QuotaForecast(entry: entry, pace: pace, fullAt: fullAt, weight: AccountWeight(), failure: error)
        }
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
            let pace = samples[facts.id].flatMap { QuotaPace(from: $0, to: facts.bytesUsed, at: now) }
            guard let fullAt = facts.fullAt(pace, now: now), fullAt <= end else { return }
            due.append((facts.id, pace?.bytesPerDay ?? 0, fullAt))
        }
        return due.sorted { ($0.fullAt, $0.id.value) < ($1.fullAt, $1.id.value) }
    }
}
