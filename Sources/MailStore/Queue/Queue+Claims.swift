/// Taking mail out. What is claimed is not claimed again before `settle`, or before `recover` after a crash.
extension Queue {
    /// New mail for elsewhere, the oldest first, of at most `limit` recipients. What goes to a destination that is `full`
    /// waits for its destination instead.
    package func claimNew(limit: Int, full: Set<String> = []) async throws(StoreError) -> [QueuedMessage] {
        let isThere = try await lane.read { [clock] database in
            try database("SELECT 1 FROM queue_recipient WHERE state = 0 AND lane = 0 AND next_attempt_at <= $1 LIMIT 1")
                .number(clock()) != nil
        }
        guard isThere else { return [] }
        return try await lane.write(isRelaxed: true) { [clock, schedule] database, _ in
            try QueueWriter(database, now: clock(), schedule).claimNew(limit: limit, full: full)
        }
    }

    /// What waits for one destination and is due, the longest first. "": accounts of ours.
    package func claim(waitingFor destination: String, limit: Int) async throws(StoreError) -> [QueuedMessage] {
        try await lane.write(isRelaxed: true) { [clock, schedule] database, _ in
            try QueueWriter(database, now: clock(), schedule).claim(waitingFor: destination, limit: limit)
        }
    }

    /// Every destination that somebody waits for, with the time of its next attempt: a jump from name to name in the
    /// index, whatever the number of messages.
    package func waitingDestinations() async throws(StoreError) -> [WaitingDestination] {
        try await lane.read(beside: true) { database in
            var found: [WaitingDestination] = []
            var statement = try database(
                "SELECT destination, next_attempt_at FROM queue_recipient WHERE state = 0 AND lane = 1 ORDER BY destination, next_attempt_at LIMIT 1"
            )
            var next = try statement.first { WaitingDestination(name: $0.text(0), nextAttemptAt: $0.int64(1)) }
            statement = try database(
                """
                SELECT destination, next_attempt_at FROM queue_recipient WHERE state = 0 AND lane = 1 AND destination > $1
                ORDER BY destination, next_attempt_at LIMIT 1
                """)
            while let destination = next {
                found.append(destination)
                next = try statement.first(destination.name) {
                    WaitingDestination(name: $0.text(0), nextAttemptAt: $0.int64(1))
                }
            }
            return found
        }
    }

    /// Recipients who have waited too long, with their messages: the caller tells the senders.
    package func claimExpired(limit: Int) async throws(StoreError) -> [QueuedMessage] {
        try await lane.write(isRelaxed: true) { [clock, schedule] database, _ in
            try QueueWriter(database, now: clock(), schedule).claimExpired(limit: limit)
        }
    }

    /// Messages whose senders have not been told that they wait; nothing is claimed.
    package func late(limit: Int) async throws(StoreError) -> [QueuedMessage] {
        try await lane.read { [clock, schedule] database in
            try QueueWriter(database, now: clock(), schedule).late(limit: limit)
        }
    }

    /// The delay has been told, with these reports, or needs no telling.
    package func noticed(_ entry: QueueID, reports: [QueueSubmission]) async throws(StoreError) {
        try await lane.write { [clock, files, schedule] database, effects in
            try database("UPDATE queue_entry SET notice_at = 0 WHERE id = $1").run(entry)
            let writer = QueueWriter(database, now: clock(), schedule)
            for report in reports { try writer.insert(report, files, effects) }
        }
        if !reports.isEmpty { bell.ring() }
    }

    /// What a process that has died was trying waits again, marked as interrupted. Only for the keeper of the queue.
    @discardableResult
    package func recover() async throws(StoreError) -> Int {
        try await lane.write { [clock] database, _ in
            try database(
                "UPDATE queue_recipient SET state = 0, next_attempt_at = $1 WHERE state = 4"
            ).run(clock())
        }
    }
}
