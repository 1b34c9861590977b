internal import MailMessage

enum SendingTrim {
    /// Returns how many rows went.
    static func step(_ database: SQLConnection, now: EpochSeconds) throws -> Int {
        let oldest = now / SendingLedger.slotSeconds - SendingLedger.daySlots
        let counts = try database(
            """
            DELETE FROM sending_count WHERE (party, slot) IN
              (SELECT party, slot FROM sending_count WHERE slot <= $1 LIMIT $2)
            """
        ).run(oldest, SendingLimits.trimStep)
        let known = try database(
            """
            DELETE FROM sending_known WHERE (party, recipient) IN
              (SELECT party, recipient FROM sending_known WHERE last_at < $1 LIMIT $2)
            """
        ).run(now - SendingLimits.knownSeconds, SendingLimits.trimStep)
        try database("DELETE FROM sending_allowance WHERE until_at > 0 AND until_at < $1")
            .run(now - SendingLimits.knownSeconds)
        return max(counts, known)
    }
}
