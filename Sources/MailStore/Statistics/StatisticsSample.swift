package import MailMessage

/// What a server counts, since it began or in some time.
package struct ServerCounts: Sendable, Equatable {
    package var messagesIn: Int64
    package var messagesOut: Int64
    package var logins: Int64
    package var failures: Int64
    /// Tries that found the door locked; they are failures too.
    package var locked: Int64

    package static let zero = ServerCounts(messagesIn: 0, messagesOut: 0, logins: 0, failures: 0, locked: 0)

    package init(messagesIn: Int64, messagesOut: Int64, logins: Int64, failures: Int64, locked: Int64) {
        self.messagesIn = messagesIn
        self.messagesOut = messagesOut
        self.logins = logins
        self.failures = failures
        self.locked = locked
    }

    /// What has come since then. Of one server counters never fall: a smaller one was only read earlier.
    func since(_ before: ServerCounts) -> ServerCounts {
        combined(with: before) { $0 > $1 ? $0 &- $1 : 0 }
    }

    func highest(_ other: ServerCounts) -> ServerCounts { combined(with: other, max) }

    package static func + (left: ServerCounts, right: ServerCounts) -> ServerCounts {
        left.combined(with: right) { $0 &+ $1 }
    }

    private func combined(with other: ServerCounts, _ join: (Int64, Int64) -> Int64) -> ServerCounts {
        ServerCounts(
            messagesIn: join(messagesIn, other.messagesIn), messagesOut: join(messagesOut, other.messagesOut),
            logins: join(logins, other.logins), failures: join(failures, other.failures),
            locked: join(locked, other.locked))
    }
}

/// A server at one moment. Zero stands for what it does not know yet.
package struct ServerReading: Sendable, Equatable {
    package var counts: ServerCounts
    package var queued: Int64
    package var diskUsed: Int64
    package var diskTotal: Int64
    package var certificateEndsAt: EpochSeconds

    package init(
        counts: ServerCounts, queued: Int64, diskUsed: Int64, diskTotal: Int64, certificateEndsAt: EpochSeconds
    ) {
        self.counts = counts
        self.queued = queued
        self.diskUsed = diskUsed
        self.diskTotal = diskTotal
        self.certificateEndsAt = certificateEndsAt
    }
}

/// What happened in some time.
package struct StatisticsSample: Sendable, Equatable {
    package let at: EpochSeconds
    package let seconds: Int64
    package var counts: ServerCounts
    /// The most messages that were in the queue.
    package var queued: Int64
    /// In bytes, as they were last; 0: nobody looked.
    package var diskUsed: Int64
    package var diskTotal: Int64

    package init(
        at: EpochSeconds, seconds: Int64, counts: ServerCounts = .zero, queued: Int64 = 0, diskUsed: Int64 = 0,
        diskTotal: Int64 = 0
    ) {
        (self.at, self.seconds, self.counts) = (at, seconds, counts)
        (self.queued, self.diskUsed, self.diskTotal) = (queued, diskUsed, diskTotal)
    }
}

/// How finely is kept, and for how long: five minutes for nine days, hours for a hundred, days for five years.
package enum StatisticsSpan: Int64, CaseIterable, Sendable {
    case fiveMinutes = 300
    case hour = 3_600
    case day = 86_400

    /// At most 2,592, 2,400 and 1,827 rows.
    package var keptSeconds: Int64 {
        switch self {
        case .fiveMinutes: 9 * 86_400
        case .hour: 100 * 86_400
        case .day: 1_827 * 86_400
        }
    }

    package func start(of moment: EpochSeconds) -> EpochSeconds { moment - moment % rawValue }
}
