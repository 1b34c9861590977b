package import MailMessage

/// What is in the queue, for metrics, operators and tests.
extension Queue {
    package func summary() async throws(StoreError) -> QueueSummary {
        try await lane.read(beside: true) { database in
            let entries = try database("SELECT count(*) FROM queue_entry").number() ?? 0
            let waiting = try database("SELECT count(*) FROM queue_recipient WHERE state IN (0, 4)").number() ?? 0
            let held = try database("SELECT count(*) FROM queue_recipient WHERE state = 3").number() ?? 0
            let next = try database("SELECT min(next_attempt_at) FROM queue_recipient WHERE state = 0").number()
            return QueueSummary(entries: Int(entries), waiting: Int(waiting), held: Int(held), nextAttemptAt: next)
        }
    }

    /// When the message was received that has been here longest.
    package func oldestAt() async throws(StoreError) -> EpochSeconds? {
        try await lane.read { try $0("SELECT min(received_at) FROM queue_entry").number() }
    }

    /// What waits, in the order it came; of at most `limit` recipients.
    package func waiting(limit: Int) async throws(StoreError) -> [QueuedMessage] {
        try await lane.read { [clock, schedule] database in
            try QueueWriter(database, now: clock(), schedule).waiting(limit: limit)
        }
    }
}
