package import MailMessage

/// One copy of a message that is still on its way, as an operator sees it.
package struct QueueLine: Sendable, Equatable {
    package let entry: QueueID
    package let isHeld: Bool
    /// Empty: the null sender.
    package let sender: String
    package let recipient: String
    package let size: Int64
    package let receivedAt: EpochSeconds
    package let nextAttemptAt: EpochSeconds
    package let attempts: Int
    package let lastError: String
}

extension Queue {
    /// Waiting and held, the oldest first; at most `limit`.
    package func lines(limit: Int) async throws(StoreError) -> [QueueLine] {
        try await lane.read { database in
            var lines: [QueueLine] = []
            try database(
                """
                SELECT r.entry_id, r.state, e.sender, r.address, e.size, e.received_at, r.next_attempt_at, r.attempts, r.last_error
                FROM queue_recipient r JOIN queue_entry e ON e.id=r.entry_id WHERE r.state IN (0, 3)
                ORDER BY e.received_at, r.entry_id, r.number LIMIT $1
                """
            ).each(limit) { row in
                lines.append(
                    QueueLine(
                        entry: QueueID(row.int64(0)), isHeld: row.int64(1) == QueueState.held.rawValue,
                        sender: row.text(2),
                        recipient: row.text(3), size: row.int64(4), receivedAt: row.int64(5),
                        nextAttemptAt: row.int64(6),
                        attempts: row.int(7), lastError: row.text(8)))
            }
            return lines
        }
    }

    /// Nobody tries them until they are released; one that is being delivered this moment may still go. Nil: all. Returns how
    /// many copies it concerned.
    package func hold(_ entry: QueueID?) async throws(StoreError) -> Int {
        try await lane.write { [clock] database, _ in
            try database(
                "UPDATE queue_recipient SET state=3, changed_at=$1 WHERE state=0 AND lease_until<=$1 AND (entry_id=$2 OR $2=0)"
            ).run(clock(), entry?.value ?? 0)
        }
    }

    /// Due now, with a whole lifetime before them. Nil: all that are held.
    package func release(_ entry: QueueID?) async throws(StoreError) -> Int {
        try await lane.write { [clock] database, _ in
            let now = clock()
            try database(
                """
                UPDATE queue_entry SET expires_at=$1 WHERE expires_at<$1 AND id IN
                  (SELECT entry_id FROM queue_recipient WHERE state=3 AND (entry_id=$2 OR $2=0))
                """
            ).run(now + RetrySchedule.lifetime, entry?.value ?? 0)
            return try database(
                "UPDATE queue_recipient SET state=0, next_attempt_at=$1, changed_at=$1 WHERE state=3 AND (entry_id=$2 OR $2=0)"
            ).run(now, entry?.value ?? 0)
        }
    }

    /// Takes a message out for good, all copies of it that wait or are held; nobody is told. Returns how many.
    package func remove(_ entry: QueueID) async throws(StoreError) -> Int {
        try await lane.write { [clock, files] database, effects in
            let writer = QueueWriter(database, now: clock())
            let removed = try database(
                "UPDATE queue_recipient SET state=2, last_error='removed', changed_at=$1 WHERE entry_id=$2 AND state IN (0, 3)"
            ).run(clock(), entry)
            try database("UPDATE queue_entry SET waiting=waiting-$1 WHERE id=$2").run(removed, entry)
            if let name = try writer.removeIfSettled(entry), !name.isEmpty {
                effects.afterCommit { files.remove(name) }
            }
            return removed
        }
    }
}
