import MailMessage

extension Queue {
    static let heldBy = "held by "

    /// Nobody tries them until they are released; one that is being delivered this moment may still go. What is held for another
    /// reason is now held by this operator. Nil: all. Returns how many copies it concerned.
    package func hold(_ entry: QueueID?, by name: String) async throws(StoreError) -> Int {
        try await lane.write { [clock] database, _ in
            try database(
                """
                UPDATE queue_recipient SET state=3, last_error=$1, changed_at=$2
                WHERE (state=0 OR state=3 AND substr(last_error, 1, length($3)) <> $3) AND (entry_id=$4 OR $4=0)
                """
            ).run(QueueWriter.shortened(Self.heldBy + name), clock(), Self.heldBy, entry?.value ?? 0)
        }
    }

    /// Due now, with a whole lifetime before them. Nil: all that are held.
    package func release(_ entry: QueueID?) async throws(StoreError) -> Int {
        let released = try await lane.write { [clock, schedule] database, _ in
            let now = clock()
            try database(
                """
                UPDATE queue_entry SET expires_at=$1 WHERE expires_at<$1 AND id IN
                  (SELECT entry_id FROM queue_recipient WHERE state=3 AND (entry_id=$2 OR $2=0))
                """
            ).run(now + schedule.lifetime, entry?.value ?? 0)
            return try database(
                """
                UPDATE queue_recipient SET state=0, last_error='', next_attempt_at=$1, changed_at=$1
                WHERE state=3 AND (entry_id=$2 OR $2=0)
                """
            ).run(now, entry?.value ?? 0)
        }
        bell.ring()
        return released
    }

    /// The same for what one account sent, and only what is held with words that begin like this.
    package func release(_ entry: QueueID, of submitter: AccountID, heldFor reason: String) async throws(StoreError)
        -> Int
    {
        let released = try await lane.write { [clock, schedule] database, _ in
            let now = clock()
            let count = try database(
                """
                UPDATE queue_recipient SET state=0, last_error='', next_attempt_at=$1, changed_at=$1
                WHERE state=3 AND entry_id=$2 AND substr(last_error, 1, length($3)) = $3
                  AND EXISTS (SELECT 1 FROM queue_entry WHERE id=$2 AND submitter=$4)
                """
            ).run(now, entry, reason, submitter)
            guard count > 0 else { return 0 }
            try database("UPDATE queue_entry SET expires_at=$1 WHERE expires_at<$1 AND id=$2")
                .run(now + schedule.lifetime, entry)
            return count
        }
        bell.ring()
        return released
    }

    /// Makes what waits due now: nil for all, a domain for what goes there. Returns how many copies it concerned.
    @discardableResult
    package func retryNow(_ destination: String? = nil) async throws(StoreError) -> Int {
        let count = try await lane.write { [clock] database, _ in
            try database(
                "UPDATE queue_recipient SET next_attempt_at = $1 WHERE state = 0 AND next_attempt_at > $1 AND (destination = $2 OR $3 = 1)"
            ).run(clock(), destination ?? "", destination == nil)
        }
        bell.ring()
        return count
    }

    /// The same for one message.
    @discardableResult
    package func retryNow(_ entry: QueueID) async throws(StoreError) -> Int {
        let count = try await lane.write { [clock] database, _ in
            try database(
                "UPDATE queue_recipient SET next_attempt_at = $1 WHERE state = 0 AND entry_id = $2 AND next_attempt_at > $1"
            ).run(clock(), entry)
        }
        bell.ring()
        return count
    }

    /// Takes a message out for good, all copies of it that wait or are held; nobody is told. Returns how many.
    package func remove(_ entry: QueueID) async throws(StoreError) -> Int {
        try await lane.write { [clock, files, schedule] database, effects in
            let writer = QueueWriter(database, now: clock(), schedule)
            let removed = try database(
                "UPDATE queue_recipient SET state=2, last_error='removed', changed_at=$1 WHERE entry_id=$2 AND state IN (0, 3)"
            ).run(clock(), entry)
            try database("UPDATE queue_entry SET waiting=waiting-$1 WHERE id=$2").run(removed, entry)
            try writer.removeIfSettled(entry, files, effects)
            return removed
        }
    }
}
