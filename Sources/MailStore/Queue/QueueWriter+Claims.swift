internal import MailMessage

/// Reading the queue, and marking what is taken.
extension QueueWriter {
    /// One row of `queue_recipient`.
    struct Place {
        let entry: QueueID
        let number: Int
        let destination: String
    }

    func claimNew(limit: Int, full: Set<String>) throws -> [QueuedMessage] {
        let found = try places(
            """
            SELECT entry_id, number, destination FROM queue_recipient
            WHERE state = 0 AND lane = 0 AND next_attempt_at <= $1 ORDER BY next_attempt_at, entry_id LIMIT $2
            """, now, limit)
        for place in found where full.contains(place.destination) {
            try database("UPDATE queue_recipient SET lane = 1 WHERE entry_id = $1 AND number = $2")
                .run(place.entry, place.number)
        }
        return try claim(found.filter { !full.contains($0.destination) })
    }

    func claim(waitingFor destination: String, limit: Int) throws -> [QueuedMessage] {
        try claim(
            try places(
                """
                SELECT entry_id, number, destination FROM queue_recipient
                WHERE state = 0 AND lane = 1 AND destination = $1 AND next_attempt_at <= $2
                ORDER BY next_attempt_at, entry_id LIMIT $3
                """, destination, now, limit))
    }

    /// Whom nobody could reach in all the time of the message.
    func claimExpired(limit: Int) throws -> [QueuedMessage] {
        try claim(
            try places(
                """
                SELECT r.entry_id, r.number, r.destination FROM queue_entry e JOIN queue_recipient r ON r.entry_id = e.id
                WHERE e.expires_at <= $1 AND r.state = 0 ORDER BY e.expires_at, e.id LIMIT $2
                """, now, limit))
    }

    /// So many messages, each with all of its recipients that wait, due or not: its sender is told once.
    func late(limit: Int) throws -> [QueuedMessage] {
        try messages(
            try places(
                """
                SELECT r.entry_id, r.number, r.destination FROM queue_recipient r JOIN (
                  SELECT e.id, e.notice_at FROM queue_entry e WHERE e.notice_at > 0 AND e.notice_at <= $1 AND EXISTS (
                    SELECT 1 FROM queue_recipient w WHERE w.entry_id = e.id AND w.state IN (0, 4))
                  ORDER BY e.notice_at, e.id LIMIT $2) l ON r.entry_id = l.id
                WHERE r.state IN (0, 4) ORDER BY l.notice_at, l.id, r.number
                """, now, limit))
    }

    /// Whatever waits, the oldest first.
    func waiting(limit: Int) throws -> [QueuedMessage] {
        try messages(
            try places(
                """
                SELECT entry_id, number, destination FROM queue_recipient WHERE state = 0
                ORDER BY entry_id, number LIMIT $1
                """, limit))
    }

    private func claim(_ places: [Place]) throws -> [QueuedMessage] {
        let found = try messages(places)
        for place in places {
            try database("UPDATE queue_recipient SET state = 4, lease_until = $1 WHERE entry_id = $2 AND number = $3")
                .run(now, place.entry, place.number)
        }
        return found
    }

    private func places<each Value: SQLBindable>(
        _ query: StaticString, _ values: repeat each Value
    ) throws -> [Place] {
        var found: [Place] = []
        try database(query).each(repeat each values) { row in
            found.append(Place(entry: QueueID(row.int64(0)), number: row.int(1), destination: row.text(2)))
        }
        return found
    }

    /// Places of one message stand together.
    private func messages(_ places: [Place]) throws -> [QueuedMessage] {
        var found: [QueuedMessage] = []
        for place in places {
            guard let recipient = try recipient(place) else { continue }
            if let last = found.indices.last, found[last].id == place.entry {
                found[last].recipients.append(recipient)
            } else if let message = try message(place.entry, recipient) {
                found.append(message)
            }
        }
        return found
    }

    private func message(_ entry: QueueID, _ first: QueuedRecipient) throws -> QueuedMessage? {
        try database(
            """
            SELECT sender, size, received_at, expires_at, envelope_id, return_part, origin, submitter, client, trail_id,
              message_id, traits
            FROM queue_entry WHERE id = $1
            """
        ).first(entry) { row in
            var envelope = QueueEnvelope(
                sender: EmailAddress(row.text(0)), receivedAt: row.int64(2),
                notices: QueueNotices(envelopeID: row.text(4), returnPart: row.text(5)))
            envelope.origin = QueueOrigin(rawValue: row.int64(6)) ?? .outside
            envelope.submitter = row.int64(7) > 0 ? AccountID(row.int64(7)) : nil
            envelope.client = row.text(8)
            envelope.trailID = row.text(9)
            envelope.messageID = row.text(10)
            envelope.traits = QueueTraits(rawValue: row.int64(11))
            return QueuedMessage(
                id: entry, envelope: envelope, size: row.int64(1), expiresAt: row.int64(3), recipients: [first])
        }
    }

    private func recipient(_ place: Place) throws -> QueuedRecipient? {
        try database(
            """
            SELECT account_id, address, attempts, last_error, lease_until, notify, original FROM queue_recipient
            WHERE entry_id = $1 AND number = $2
            """
        ).first(place.entry, place.number) { row in
            let address = EmailAddress(row.text(1))
            let account = row.int64(0)
            let destination: QueueDestination =
                if account > 0 { .account(AccountID(account)) } else if let address { .remote(address) } else {
                    .nowhere
                }
            return QueuedRecipient(
                number: place.number, destination: destination, address: address, attempts: row.int(2),
                lastError: row.text(3), wasInterrupted: row.int64(4) > 0,
                notice: QueueNotice(notify: row.text(5), original: row.text(6)))
        }
    }
}
