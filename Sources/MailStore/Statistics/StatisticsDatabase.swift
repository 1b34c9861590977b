package import MailMessage

/// `statistics.db`: what the server did, for charts. A database of its own, for nothing depends on it.
package final class StatisticsDatabase: Sendable {
    /// So long a server is remembered that counts no more: two overlap while one takes over.
    static let serverSeconds: EpochSeconds = 7 * 86_400

    private let path: String
    private let lane: DatabaseLane
    private let clock: @Sendable () -> EpochSeconds

    /// Nothing is opened before the first use.
    package init(at path: String, threads: StoreThreads, clock: @escaping @Sendable () -> EpochSeconds) {
        self.path = path
        self.clock = clock
        lane = DatabaseLane(threads: threads) {
            try SQLConnection.openOrMakeAnew(path, schema: StatisticsSchema.schema)
        }
    }

    /// Counts what has come since the last reading of the same server, or since this one began, for the time between. Not synced:
    /// a power cut costs a few minutes of it.
    package func note(_ reading: ServerReading, of server: String) async throws(StoreError) {
        let now = clock()
        try await lane.write(isRelaxed: true) { database, _ in
            let last = try Self.counts(of: server, in: database)
            let before = last?.counts ?? .zero
            // What is read when a part of an hour ends has come in that part.
            let middle = last.map { $0.at + (now - $0.at) / 2 } ?? now
            try Self.remember(reading, reading.counts.highest(before), of: server, at: now, in: database)
            try database("DELETE FROM counted WHERE at < $1").run(now - Self.serverSeconds)
            for span in StatisticsSpan.allCases {
                try Self.add(reading, reading.counts.since(before), to: span, at: middle, in: database)
                try database("DELETE FROM sample WHERE span = $1 AND at < $2").run(
                    span.rawValue, now - span.keptSeconds)
            }
        }
    }

    /// The oldest first. Where nobody has counted yet there is nothing, and nothing is made.
    package func samples(_ span: StatisticsSpan, since moment: EpochSeconds) async throws(StoreError)
        -> [StatisticsSample]
    {
        guard StoreFolder.exists(path) else { return [] }
        return try await lane.read { database in
            var samples: [StatisticsSample] = []
            try database(
                """
                SELECT at, messages_in, messages_out, logins, failures, locked, queued, disk_used, disk_total FROM sample
                WHERE span = $1 AND at >= $2 ORDER BY at
                """
            ).each(span.rawValue, moment) { row in
                let counts = ServerCounts(
                    messagesIn: row.int64(1), messagesOut: row.int64(2), logins: row.int64(3), failures: row.int64(4),
                    locked: row.int64(5))
                samples.append(
                    StatisticsSample(
                        at: row.int64(0), seconds: span.rawValue, counts: counts, queued: row.int64(6),
                        diskUsed: row.int64(7), diskTotal: row.int64(8)))
            }
            return samples
        }
    }

    /// When the first of the server's certificates ends, as it was last known; nil: nobody knows.
    package func certificateEnd() async throws(StoreError) -> EpochSeconds? {
        guard StoreFolder.exists(path) else { return nil }
        let end = try await lane.read {
            try $0("SELECT certificate_ends_at FROM counted ORDER BY at DESC LIMIT 1").number()
        }
        return end == 0 ? nil : end
    }

    package func close() async { await lane.close() }

    /// Nil: it has not been counted before.
    private static func counts(
        of server: String, in database: SQLConnection
    ) throws -> (counts: ServerCounts, at: EpochSeconds)? {
        try database(
            "SELECT messages_in, messages_out, logins, failures, locked, at FROM counted WHERE server = $1"
        ).first(server) { row in
            let counts = ServerCounts(
                messagesIn: row.int64(0), messagesOut: row.int64(1), logins: row.int64(2), failures: row.int64(3),
                locked: row.int64(4))
            return (counts, row.int64(5))
        }
    }

    private static func remember(
        _ reading: ServerReading, _ counts: ServerCounts, of server: String, at now: EpochSeconds,
        in database: SQLConnection
    ) throws {
        try database(
            """
            INSERT INTO counted (server, at, messages_in, messages_out, logins, failures, locked, certificate_ends_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (server) DO UPDATE SET at = $2, messages_in = $3,
              messages_out = $4, logins = $5, failures = $6, locked = $7, certificate_ends_at = $8
            """
        ).run(
            server, now, counts.messagesIn, counts.messagesOut, counts.logins, counts.failures, counts.locked,
            reading.certificateEndsAt)
    }

    private static func add(
        _ reading: ServerReading, _ new: ServerCounts, to span: StatisticsSpan, at now: EpochSeconds,
        in database: SQLConnection
    ) throws {
        try database(
            """
            INSERT INTO sample (span, at, messages_in, messages_out, logins, failures, locked, queued, disk_used, disk_total)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (span, at) DO UPDATE SET
              messages_in = sample.messages_in + $3, messages_out = sample.messages_out + $4,
              logins = sample.logins + $5, failures = sample.failures + $6, locked = sample.locked + $7,
              queued = CASE WHEN sample.queued > $8 THEN sample.queued ELSE $8 END,
              disk_used = CASE WHEN $9 > 0 THEN $9 ELSE sample.disk_used END,
              disk_total = CASE WHEN $10 > 0 THEN $10 ELSE sample.disk_total END
            """
        ).run(
            span.rawValue, span.start(of: now), new.messagesIn, new.messagesOut, new.logins, new.failures, new.locked,
            reading.queued, reading.diskUsed, reading.diskTotal)
    }
}
