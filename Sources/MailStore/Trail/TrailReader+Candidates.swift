internal import MailMessage

/// Messages that may be meant, by the index that leaves the fewest; the newest first, below a place.
extension TrailReader {
    func candidates(_ filter: TrailFilter, below place: TrailPlace, limit: Int) throws -> [TrailPlace] {
        let (since, until) = (filter.since ?? 0, filter.until ?? .max)
        if let id = filter.id { return try byID(id, place, limit) }
        if let header = filter.messageID { return try byHeader(header, place, limit) }
        if let recipient = filter.recipient, !recipient.hasPrefix("@") {
            return try byRecipient(TrailWriter.key(recipient), since, until, place, limit)
        }
        if let account = filter.account { return try byAccount(account, since, until, place, limit) }
        if let sender = filter.sender, !sender.hasPrefix("@") {
            return try bySender(TrailWriter.key(sender), since, until, place, limit)
        }
        return try byTime(since, until, place, limit)
    }

    private func byID(_ id: String, _ place: TrailPlace, _ limit: Int) throws -> [TrailPlace] {
        try places(
            database(
                """
                SELECT id, min(at) AS first_at FROM
                  (SELECT id, at FROM trail_message WHERE id = $1
                   UNION ALL SELECT id, at FROM trail_event WHERE id = $1 AND id <> ''
                   UNION ALL SELECT id, at FROM trail_event WHERE queue_id = $2 AND queue_id > 0)
                GROUP BY id HAVING (min(at), id) < ($3, $4) ORDER BY first_at DESC, id DESC LIMIT $5
                """)
        ) { try $0.each(id, Int64(id) ?? 0, place.at, place.id, limit, do: $1) }
    }

    private func byHeader(_ header: String, _ place: TrailPlace, _ limit: Int) throws -> [TrailPlace] {
        try places(
            database(
                """
                SELECT id, at FROM trail_message WHERE message_id = $1 AND (at, id) < ($2, $3)
                ORDER BY at DESC, id DESC LIMIT $4
                """)
        ) { try $0.each(Self.headerForm(header), place.at, place.id, limit, do: $1) }
    }

    /// Each message once: by the first event that names the recipient.
    private func byRecipient(
        _ key: String, _ since: EpochSeconds, _ until: EpochSeconds, _ place: TrailPlace, _ limit: Int
    ) throws -> [TrailPlace] {
        try places(
            database(
                """
                SELECT id, at FROM trail_event AS event
                WHERE recipient_key = $1 AND recipient_key <> '' AND at >= $2 AND at < $3 AND (at, id) < ($4, $5)
                  AND NOT EXISTS (SELECT 1 FROM trail_event AS earlier WHERE earlier.id = event.id
                    AND earlier.recipient_key = $1 AND earlier.at >= $2
                    AND (earlier.at, earlier.number) < (event.at, event.number))
                ORDER BY at DESC, id DESC LIMIT $6
                """)
        ) { try $0.each(key, since, until, place.at, place.id, limit, do: $1) }
    }

    private func byAccount(
        _ account: AccountID, _ since: EpochSeconds, _ until: EpochSeconds, _ place: TrailPlace, _ limit: Int
    ) throws -> [TrailPlace] {
        try places(
            database(
                """
                SELECT id, min(at) AS first_at FROM
                  (SELECT id, at FROM trail_message
                   WHERE account_id = $1 AND account_id > 0 AND at >= $2 AND at < $3
                   UNION ALL SELECT id, at FROM trail_event
                   WHERE account_id = $1 AND account_id > 0 AND at >= $2 AND at < $3)
                GROUP BY id HAVING (min(at), id) < ($4, $5) ORDER BY first_at DESC, id DESC LIMIT $6
                """)
        ) { try $0.each(account, since, until, place.at, place.id, limit, do: $1) }
    }

    private func bySender(
        _ key: String, _ since: EpochSeconds, _ until: EpochSeconds, _ place: TrailPlace, _ limit: Int
    ) throws -> [TrailPlace] {
        try places(
            database(
                """
                SELECT id, at FROM trail_message
                WHERE sender_key = $1 AND at >= $2 AND at < $3 AND (at, id) < ($4, $5)
                ORDER BY at DESC, id DESC LIMIT $6
                """)
        ) { try $0.each(key, since, until, place.at, place.id, limit, do: $1) }
    }

    private func byTime(
        _ since: EpochSeconds, _ until: EpochSeconds, _ place: TrailPlace, _ limit: Int
    ) throws -> [TrailPlace] {
        try places(
            database(
                """
                SELECT id, at FROM trail_message WHERE at >= $1 AND at < $2 AND (at, id) < ($3, $4)
                ORDER BY at DESC, id DESC LIMIT $5
                """)
        ) { try $0.each(since, until, place.at, place.id, limit, do: $1) }
    }

    private func places(
        _ statement: Statement, _ run: (Statement, (borrowing Row) throws -> Void) throws -> Void
    ) throws -> [TrailPlace] {
        var found: [TrailPlace] = []
        try run(statement) { row in found.append(TrailPlace(at: row.int64(1), id: row.text(0))) }
        return found
    }

    /// People leave the angle brackets out.
    static func headerForm(_ text: String) -> String {
        text.hasPrefix("<") ? text : "<\(text)>"
    }
}
