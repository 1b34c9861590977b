extension Queue {
    /// Waiting, held and under way, the oldest first, behind a place; at most `limit`.
    package func lines(
        _ filter: QueueFilter = QueueFilter(), after place: QueuePlace = .start, limit: Int
    ) async throws(StoreError) -> [QueueLine] {
        guard limit > 0 else { return [] }
        return try await lane.read(beside: true) { database in
            var lines: [QueueLine] = []
            let only = filter.entry?.value ?? 0
            try database(
                """
                SELECT r.entry_id, r.number, r.state, e.sender, r.address, r.destination, e.size, e.received_at,
                  r.next_attempt_at, e.expires_at, r.attempts, r.last_error, e.origin, e.client, e.trail_id, e.message_id,
                  e.submitter
                FROM queue_entry e JOIN queue_recipient r ON r.entry_id = e.id
                WHERE e.id >= $1 AND e.id <= $2 AND (r.entry_id, r.number) > ($3, $4) AND r.state IN (0, 3, 4)
                  AND (e.submitter = $5 OR $5 = 0)
                ORDER BY e.id, r.number
                """
            ).some(
                max(only, place.entry.value), only > 0 ? only : Int64.max, place.entry, place.number,
                filter.submitter?.value ?? 0
            ) { row in
                let line = QueueLine(row)
                if filter.admits(line) { lines.append(line) }
                return lines.count < limit
            }
            return lines
        }
    }
}

extension QueueLine {
    fileprivate init(_ row: borrowing Row) {
        self.init(
            entry: QueueID(row.int64(0)), number: row.int(1), state: QueueLineState(row.int64(2)), sender: row.text(3),
            recipient: row.text(4), destination: row.text(5), size: row.int64(6), receivedAt: row.int64(7),
            nextAttemptAt: row.int64(8), expiresAt: row.int64(9), attempts: row.int(10), lastError: row.text(11),
            origin: QueueOrigin(rawValue: row.int64(12)) ?? .outside,
            submitter: row.int64(16) > 0 ? AccountID(row.int64(16)) : nil, client: row.text(13), trailID: row.text(14),
            messageID: row.text(15))
    }
}
