internal import MailMessage

enum QueueState: Int64 {
    case waiting = 0
    case delivered = 1
    case failed = 2
    /// Nobody tries it until it is released.
    case held = 3
    /// Claimed: an attempt is under way.
    case underWay = 4
}

/// The statements of `queue.db` that put mail in and settle it, inside one transaction.
struct QueueWriter {
    static let longestError = 1_000
    let database: SQLConnection
    let now: EpochSeconds
    private let schedule: RetrySchedule

    init(_ database: SQLConnection, now: EpochSeconds, _ schedule: RetrySchedule) {
        self.database = database
        self.now = now
        self.schedule = schedule
    }

    @discardableResult
    func insert(_ new: QueueSubmission, _ files: BodyFiles, _ effects: WriteEffects) throws -> QueueID {
        let id = try nextID()
        var name = ""
        if case .file(let path, _) = new.message.body {
            name = try files.link(path)
            effects.afterRollback { [name] in files.remove(name) }
        }
        try insertEntry(new, id, fileName: name)
        if case .inline(let bytes) = new.message.body {
            try bytes.withUnsafeBytes {
                _ = try database("INSERT INTO queue_body (id, data) VALUES ($1, $2)").run(id, BorrowedBytes(bytes: $0))
            }
        }
        for (number, recipient) in new.recipients.enumerated() { try insert(recipient, number, of: id, hold: new.hold) }
        return id
    }

    private func insertEntry(_ new: QueueSubmission, _ id: QueueID, fileName: String) throws {
        let envelope = new.envelope
        // RFC 3461 §6.2: nobody is told of delays of what has no sender.
        let telling = envelope.sender != nil && schedule.noticeAfter > 0
        try database(
            """
            INSERT INTO queue_entry
              (id, sender, size, file_name, received_at, expires_at, waiting, envelope_id, return_part,
               origin, submitter, client, trail_id, message_id, traits, notice_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """
        ).run(
            id, envelope.sender?.description ?? "", new.message.size, fileName, envelope.receivedAt,
            now + schedule.lifetime, new.recipients.count, envelope.notices.envelopeID, envelope.notices.returnPart,
            envelope.origin.rawValue, envelope.submitter?.value ?? 0, envelope.client, envelope.trailID,
            envelope.messageID, envelope.traits.rawValue, telling ? now + schedule.noticeAfter : 0)
    }

    private func insert(_ recipient: QueueRecipient, _ number: Int, of entry: QueueID, hold: String?) throws {
        let attempts = recipient.wasTried ? 1 : 0
        try database(
            """
            INSERT INTO queue_recipient
              (entry_id, number, address, account_id, destination, state, attempts, next_attempt_at, last_error, changed_at,
               notify, original, lane)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """
        ).run(
            entry, number, recipient.address?.description ?? "", recipient.destination.account?.value ?? 0,
            recipient.destination.domain ?? "", (hold == nil ? QueueState.waiting : .held).rawValue, attempts,
            recipient.wasTried ? now + schedule.delay(afterAttempts: 1) : now,
            Self.shortened(hold ?? recipient.error), now, recipient.notice.notify, recipient.notice.original,
            recipient.destination.isAccount || recipient.wasTried ? 1 : 0)
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

    /// Nothing happens when somebody has settled it already.
    func settle(_ entry: QueueID, _ number: Int, _ outcome: QueueOutcome) throws {
        switch outcome {
        case .delivered: try end(entry, number, as: .delivered, "")
        case .failed(let error): try end(entry, number, as: .failed, error)
        case .deferred(let error, let notBefore): try putOff(entry, number, error, notBefore)
        case .held(let why):
            try database(
                "UPDATE queue_recipient SET state = 3, lease_until = 0, last_error = $1, changed_at = $2 WHERE entry_id = $3 AND number = $4 AND state IN (0, 4)"
            ).run(Self.shortened(why), now, entry, number)
        case .untouched:
            try database(
                "UPDATE queue_recipient SET state = 0, lease_until = 0 WHERE entry_id = $1 AND number = $2 AND state = 4"
            ).run(entry, number)
        }
    }

    private func end(_ entry: QueueID, _ number: Int, as state: QueueState, _ error: String) throws {
        let changed = try database(
            """
            UPDATE queue_recipient SET state = $1, lease_until = 0, last_error = $2, changed_at = $3
            WHERE entry_id = $4 AND number = $5 AND state IN (0, 4)
            """
        ).run(state.rawValue, Self.shortened(error), now, entry, number)
        guard changed > 0 else { return }
        try database("UPDATE queue_entry SET waiting = waiting - 1 WHERE id = $1").run(entry)
    }

    private func putOff(_ entry: QueueID, _ number: Int, _ error: String, _ notBefore: EpochSeconds) throws {
        let attempts = try database("SELECT attempts FROM queue_recipient WHERE entry_id = $1 AND number = $2")
            .number(entry, number)
        guard let attempts else { return }
        let next = max(now + schedule.delay(afterAttempts: Int(attempts) + 1), notBefore)
        try database(
            """
            UPDATE queue_recipient SET state = 0, lane = 1, attempts = attempts + 1, next_attempt_at = $1, lease_until = 0,
              last_error = $2, changed_at = $3
            WHERE entry_id = $4 AND number = $5 AND state IN (0, 4)
            """
        ).run(next, Self.shortened(error), now, entry, number)
    }

    /// An entry nobody waits for any more goes, and its file with the commit.
    func removeIfSettled(_ entry: QueueID, _ files: BodyFiles, _ effects: WriteEffects) throws {
        let name = try database("SELECT file_name FROM queue_entry WHERE id = $1 AND waiting = 0").text(entry)
        guard let name else { return }
        try database("DELETE FROM queue_recipient WHERE entry_id = $1").run(entry)
        try database("DELETE FROM queue_body WHERE id = $1").run(entry)
        try database("DELETE FROM queue_entry WHERE id = $1").run(entry)
        if !name.isEmpty { effects.afterCommit { files.remove(name) } }
    }

    static func shortened(_ error: String) -> String { String(error.prefix(longestError)) }
}
