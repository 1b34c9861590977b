package import MailMessage

/// How much accounts used on earlier days: what a forecast is made from.
package enum UsageSamples {
    package static let daySeconds: Int64 = 86_400
    /// Older ones say nothing about today's pace.
    package static let memoryDays: Int64 = 60

    package static func day(of moment: EpochSeconds) -> Int64 { moment / daySeconds }
}

/// What one account used on one day, counted from 1970 on.
package struct UsageSample: Sendable, Equatable {
    package let day: Int64
    package let bytes: Int64

    package init(day: Int64, bytes: Int64) {
        self.day = day
        self.bytes = bytes
    }
}

extension DirectoryReader {
    package func lastSampleDay() throws -> Int64? {
        try database("SELECT day FROM usage_sample ORDER BY day DESC LIMIT 1").number()
    }

    /// What each account used on a day: its last sample until then (use has not changed since), else its first one.
    package func eachSample(at day: Int64, _ body: (AccountID, UsageSample) throws -> Void) throws {
        try database(
            """
            SELECT s.account_id, s.day, s.bytes_used FROM usage_sample s WHERE s.day = coalesce(
              (SELECT max(o.day) FROM usage_sample o WHERE o.account_id = s.account_id AND o.day <= $1),
              (SELECT min(o.day) FROM usage_sample o WHERE o.account_id = s.account_id))
            """
        ).each(day) { row in
            try body(AccountID(row.int64(0)), UsageSample(day: max(day, row.int64(1)), bytes: row.int64(2)))
        }
    }
}

extension Directory {
    /// Notes today's use of whoever's has changed since the last note; once a day, whoever calls.
    package func sampleUsage() async throws(StoreError) {
        let today = UsageSamples.day(of: clock())
        guard try await read({ try $0.lastSampleDay() }) ?? -1 < today else { return }
        try await lane.write { database, _ in
            try database(
                """
                INSERT INTO usage_sample (account_id, day, bytes_used)
                SELECT h.account_id, $1, h.bytes_used FROM account_hint h
                WHERE h.bytes_used <> coalesce((SELECT s.bytes_used FROM usage_sample s
                  WHERE s.account_id = h.account_id ORDER BY s.day DESC LIMIT 1), -1)
                ON CONFLICT (account_id, day) DO NOTHING
                """
            ).run(today)
            try database(
                """
                DELETE FROM usage_sample WHERE day < $1 AND EXISTS (SELECT 1 FROM usage_sample o
                  WHERE o.account_id = usage_sample.account_id AND o.day > usage_sample.day AND o.day <= $1)
                """
            ).run(today - UsageSamples.memoryDays)
        }
    }
}
