package import MailMessage
package import MailStore

/// A time that charts and `mailctl statistics` look back on, and in how many parts.
package enum StatisticsPeriod: String, CaseIterable, Sendable {
    case day, week, month, year

    package var parts: Int {
        switch self {
        case .day: 48
        case .week: 56
        case .month: 30
        case .year: 52
        }
    }

    package var partSeconds: Int64 {
        switch self {
        case .day: 1_800
        case .week: 3 * 3_600
        case .month: 86_400
        case .year: 7 * 86_400
        }
    }

    var span: StatisticsSpan {
        switch self {
        case .day: .fiveMinutes
        case .week: .hour
        case .month, .year: .day
        }
    }

    /// Whole parts by the clock, the one that runs included.
    package func start(now: EpochSeconds) -> EpochSeconds {
        now - now % partSeconds - Int64(parts - 1) * partSeconds
    }

    /// One for each part, empty where nothing was counted. Pure.
    package func series(of samples: [StatisticsSample], now: EpochSeconds) -> [StatisticsSample] {
        let start = start(now: now)
        var series = (0..<parts).map { StatisticsSample(at: start + Int64($0) * partSeconds, seconds: partSeconds) }
        for sample in samples where sample.at >= start {
            let part = Int(clamping: (sample.at - start) / partSeconds)
            if series.indices.contains(part) { series[part].add(sample) }
        }
        return series
    }
}

extension StatisticsSample {
    mutating func add(_ other: StatisticsSample) {
        counts = counts + other.counts
        queued = max(queued, other.queued)
        if other.diskUsed > 0 { (diskUsed, diskTotal) = (other.diskUsed, other.diskTotal) }
    }
}

extension Administration {
    package func serverStatistics(of period: StatisticsPeriod) async throws(AdminError) -> [StatisticsSample] {
        let now = clock()
        do {
            let samples = try await store.statistics.samples(period.span, since: period.start(now: now))
            return period.series(of: samples, now: now)
        } catch { throw .store(error) }
    }
}
