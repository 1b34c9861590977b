package import MailMessage

extension Trail {
    package static let standardKeep: EpochSeconds = 30 * 86_400
    static let trimRows = 1_000
    /// Nothing that left a mailbox can be restored for longer.
    static let withdrawalSeconds: EpochSeconds = 366 * 86_400

    /// Takes some of the oldest rows away; false when none of them is that old, or it failed.
    package func trimStep(olderThan seconds: EpochSeconds) async -> Bool {
        let now = clock()
        let limit = now - seconds
        let gone = try? await lane.write(isRelaxed: true) { database, _ in
            // They came in the order of time, or nearly so.
            let events = try database(
                """
                DELETE FROM trail_event WHERE number IN
                  (SELECT number FROM (SELECT number, at FROM trail_event ORDER BY number LIMIT $1) WHERE at < $2)
                """
            ).run(Self.trimRows, limit)
            let messages = try database(
                """
                DELETE FROM trail_message WHERE number IN
                  (SELECT number FROM trail_message WHERE at < $1 ORDER BY at LIMIT $2)
                """
            ).run(limit, Self.trimRows)
            try database("DELETE FROM withdrawal WHERE at < $1").run(min(limit, now - Self.withdrawalSeconds))
            // What is empty goes back to the file system.
            try database.execute("PRAGMA incremental_vacuum(200)")
            return max(events, messages)
        }
        return gone == Self.trimRows
    }
}
