internal import MailMessage

enum QueueState: Int64 {
    case waiting = 0
    case delivered = 1
    case failed = 2
    /// Nobody tries it until it is released.
    case held = 3
}

/// The statements of `queue.db`, inside one transaction.
struct QueueWriter {
    static let longestError = 1_000
    private let database: SQLConnection
    private let now: EpochSeconds

    init(_ database: SQLConnection, now: EpochSeconds) {
        self.database = database
        self.now = now
    }

    func insert(
        _ message: StorableMessage, fileName: String, from sender: EmailAddress?, to recipients: [QueueRecipient],
        receivedAt: EpochSeconds, notices: QueueNotices
    ) throws -> QueueID {
        let id = try nextID()
        try database(
            """
            INSERT INTO queue_entry
              (id, sender, size, file_name, received_at, expires_at, waiting, envelope_id, return_part)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """
        ).run(
            id, sender?.description ?? "", message.size, fileName, receivedAt, now + RetrySchedule.lifetime,
            recipients.count, notices.envelopeID, notices.returnPart)
        if case .inline(let bytes) = message.body {
            try bytes.withUnsafeBytes {
                _ = try database("INSERT INTO queue_body (id, data) VALUES ($1, $2)").run(id, BorrowedBytes(bytes: $0))
            }
        }
        for (number, recipient) in recipients.enumerated() { try insert(recipient, number, of: id) }
        return id
    }

    private func insert(_ recipient: QueueRecipient, _ number: Int, of entry: QueueID) throws {
        try database(
            """
            INSERT INTO queue_recipient
              (entry_id, number, address, account_id, destination, state, attempts, next_attempt_at, last_error, changed_at,
               notify, original)
            VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10, $11)
            """
        ).run(
            entry, number, recipient.address?.description ?? "", recipient.destination.account?.value ?? 0,
            recipient.destination.domain ?? "", 1, now + RetrySchedule.delay(afterAttempts: 1),
            Self.shortened(recipient.error), now, recipient.notice.notify, recipient.notice.original)
    }

    func claim(limit: Int) throws -> [DueRecipient] {
        let due = try select(state: .waiting, dueAt: now, limit: limit)
        for recipient in due {
            let until = now + Queue.leaseSeconds
            try database(
                "UPDATE queue_recipient SET lease_until = $1, next_attempt_at = $1 WHERE entry_id = $2 AND number = $3"
            ).run(until, recipient.entry, recipient.number)
        }
        return due
    }

    func waiting(limit: Int) throws -> [DueRecipient] { try select(state: .waiting, dueAt: .max, limit: limit) }

    private func select(state: QueueState, dueAt: EpochSeconds, limit: Int) throws -> [DueRecipient] {
        var found: [DueRecipient] = []
        try database(
            """
            SELECT r.entry_id, r.number, r.account_id, r.address, e.sender, r.attempts, r.last_error, e.size,
              e.received_at, e.expires_at, r.lease_until, e.envelope_id, e.return_part, r.notify, r.original
            FROM queue_recipient r JOIN queue_entry e ON e.id = r.entry_id
            WHERE r.state = $1 AND r.next_attempt_at <= $2 AND r.account_id > 0
            ORDER BY r.next_attempt_at, r.entry_id, r.number LIMIT $3
            """
        ).each(state.rawValue, dueAt, limit) { row in
            found.append(
                DueRecipient(
                    entry: QueueID(row.int64(0)), number: row.int(1), account: AccountID(row.int64(2)),
                    address: EmailAddress(row.text(3)), sender: EmailAddress(row.text(4)), attempts: row.int(5),
                    lastError: row.text(6), size: row.int64(7), receivedAt: row.int64(8), expiresAt: row.int64(9),
                    wasInterrupted: row.int64(10) > 0,
                    notices: QueueNotices(envelopeID: row.text(11), returnPart: row.text(12)),
                    notice: QueueNotice(notify: row.text(13), original: row.text(14))))
        }
        return found
    }

    /// False when somebody has settled it already.
    func settle(_ entry: QueueID, _ number: Int, as state: QueueState, error: String) throws -> Bool {
        let changed = try database(
            """
            UPDATE queue_recipient SET state = $1, lease_until = 0, last_error = $2, changed_at = $3
            WHERE entry_id = $4 AND number = $5 AND state = 0
            """
        ).run(state.rawValue, Self.shortened(error), now, entry, number)
        guard changed > 0 else { return false }
        try database("UPDATE queue_entry SET waiting = waiting - 1 WHERE id = $1").run(entry)
        return true
    }

    /// Removes an entry nobody waits for any more and returns the name of its file, "" for none; nil when it stays.
    func removeIfSettled(_ entry: QueueID) throws -> String? {
        let name = try database("SELECT file_name FROM queue_entry WHERE id = $1 AND waiting = 0").text(entry)
        guard let name else { return nil }
        try database("DELETE FROM queue_recipient WHERE entry_id = $1").run(entry)
        try database("DELETE FROM queue_body WHERE id = $1").run(entry)
        try database("DELETE FROM queue_entry WHERE id = $1").run(entry)
        return name
    }

    private func nextID() throws -> QueueID {
        let statement = try database(
            """
            INSERT INTO queue_state (id, next_id) VALUES (1, 2)
            ON CONFLICT (id) DO UPDATE SET next_id = queue_state.next_id + 1 RETURNING next_id
            """)
        guard let next = try statement.number() else {
            throw StoreError.damaged(file: database.path, detail: "queue_state has no row")
        }
        return QueueID(next - 1)
    }

    static func shortened(_ error: String) -> String { String(error.prefix(longestError)) }
}
