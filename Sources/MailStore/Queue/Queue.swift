package import MailMessage

/// `queue.db`: what has been accepted and not yet delivered. A recipient leaves it only by `delivered` or `failed`.
///
/// Bodies below `MessageBody.fileThreshold` are rows, larger ones hard links of the spool file.
package final class Queue: Sendable {
    /// How long a claimed recipient belongs to its claimer. Longer than any delivery; a crash costs this much delay.
    package static let leaseSeconds: EpochSeconds = 15 * 60
    package static let maximumRecipients = 10_000

    let lane: DatabaseLane
    let files: BodyFiles
    let threads: StoreThreads
    let clock: @Sendable () -> EpochSeconds

    /// Nothing is opened before the first use.
    package init(
        at path: String, filesAt root: String, threads: StoreThreads, clock: @escaping @Sendable () -> EpochSeconds
    ) throws {
        self.clock = clock
        self.threads = threads
        files = BodyFiles(root: root)
        lane = DatabaseLane(threads: threads) {
            // SQLite would make it by the umask; its -wal and -shm follow the mode of the file.
            if !StoreFolder.exists(path) { _ = try? FileHandle.create(path) }
            return try SQLConnection.open(path, schema: QueueSchema.schema)
        }
    }

    /// Durable when it returns. `receivedAt` is what the first attempt wrote, so that a retry can recognise its message.
    @discardableResult
    package func enqueue(
        _ message: StorableMessage, from sender: EmailAddress?, to recipients: [QueueRecipient],
        receivedAt: EpochSeconds, notices: QueueNotices = .none
    ) async throws(StoreError) -> QueueID {
        guard (1...Self.maximumRecipients).contains(recipients.count) else { throw .invalid("number of recipients") }
        return try await lane.write { [clock, files] database, effects in
            let entry = QueueWriter(database, now: clock())
            var name = ""
            if case .file(let path, _) = message.body {
                name = try files.link(path)
                effects.afterRollback { [name] in files.remove(name) }
            }
            return try entry.insert(
                message, fileName: name, from: sender, to: recipients, receivedAt: receivedAt, notices: notices)
        }
    }

    /// Up to `limit` local recipients whose time has come, oldest first; nobody else gets them before the lease ends.
    package func claimDue(limit: Int) async throws(StoreError) -> [DueRecipient] {
        guard try await isAnyDue() else { return [] }
        return try await lane.write { [clock] database, _ in
            try QueueWriter(database, now: clock()).claim(limit: limit)
        }
    }

    private func isAnyDue() async throws(StoreError) -> Bool {
        try await lane.read { [clock] database in
            try database(
                "SELECT 1 FROM queue_recipient WHERE state = 0 AND account_id > 0 AND next_attempt_at <= $1 LIMIT 1"
            ).number(clock()) != nil
        }
    }

    package func body(of entry: QueueID) async throws(StoreError) -> MessageBody {
        try await lane.read { [files] database in
            let found = try database("SELECT size, file_name FROM queue_entry WHERE id = $1").first(entry) { row in
                (size: row.int64(0), name: row.text(1))
            }
            guard let found else { throw StoreError.notFound("queue entry \(entry)") }
            if !found.name.isEmpty { return .file(path: try files.path(of: found.name), size: found.size) }
            let bytes = try database("SELECT data FROM queue_body WHERE id = $1").first(entry) { $0.bytes(0) }
            guard let bytes else { throw StoreError.damaged(file: database.path, detail: "no body of entry \(entry)") }
            return .inline(bytes)
        }
    }

    /// It is in the account now. The entry goes when its last recipient has been settled.
    package func delivered(_ recipient: DueRecipient) async throws(StoreError) {
        try await settle(recipient, as: .delivered, error: "")
    }

    /// Given up; the caller has told the sender.
    package func failed(_ recipient: DueRecipient, error: String) async throws(StoreError) {
        try await settle(recipient, as: .failed, error: error)
    }

    /// Not this time: again after `RetrySchedule.delay`.
    package func deferred(_ recipient: DueRecipient, error: String) async throws(StoreError) {
        try await lane.write { [clock] database, _ in
            let now = clock()
            let attempts = recipient.attempts + 1
            try database(
                """
                UPDATE queue_recipient SET attempts = $1, next_attempt_at = $2, lease_until = 0, last_error = $3, changed_at = $4
                WHERE entry_id = $5 AND number = $6 AND state = 0
                """
            ).run(
                attempts, now + RetrySchedule.delay(afterAttempts: attempts), QueueWriter.shortened(error), now,
                recipient.entry, recipient.number)
        }
    }

    private func settle(_ recipient: DueRecipient, as state: QueueState, error: String) async throws(StoreError) {
        try await lane.write { [clock, files] database, effects in
            let writer = QueueWriter(database, now: clock())
            guard try writer.settle(recipient.entry, recipient.number, as: state, error: error) else { return }
            if let name = try writer.removeIfSettled(recipient.entry), !name.isEmpty {
                effects.afterCommit { files.remove(name) }
            }
        }
    }

    package func summary() async throws(StoreError) -> QueueSummary {
        try await lane.read { database in
            let entries = try database("SELECT count(*) FROM queue_entry").number() ?? 0
            let waiting = try database("SELECT count(*) FROM queue_recipient WHERE state = 0").number() ?? 0
            let next = try database(
                "SELECT min(next_attempt_at) FROM queue_recipient WHERE state = 0 AND account_id > 0"
            )
            .number()
            return QueueSummary(entries: Int(entries), waiting: Int(waiting), nextAttemptAt: next)
        }
    }

    /// When the message was received that has been here longest.
    package func oldestAt() async throws(StoreError) -> EpochSeconds? {
        try await lane.read { try $0("SELECT min(received_at) FROM queue_entry").number() }
    }

    /// Waiting recipients in the order they came, for `mailctl` and tests; bounded by `limit`.
    package func waiting(limit: Int) async throws(StoreError) -> [DueRecipient] {
        try await lane.read { [clock] database in
            try QueueWriter(database, now: clock()).waiting(limit: limit)
        }
    }

    /// Makes every waiting local recipient due now: after a repair nobody wants to wait hours.
    package func retryNow() async throws(StoreError) {
        try await lane.write { [clock] database, _ in
            let now = clock()
            try database(
                "UPDATE queue_recipient SET next_attempt_at = $1 WHERE state = 0 AND next_attempt_at > $1 AND lease_until <= $1"
            )
            .run(now)
        }
    }

    /// Removes files that no entry names: what a crash between link and commit left behind.
    package func sweepFiles() async throws(StoreError) -> Int {
        let before = clock() - BodyFiles.orphanAge
        return try await lane.read { [files] database in
            try files.sweep(before: before) { name in
                try database("SELECT 1 FROM queue_entry WHERE file_name = $1 LIMIT 1").number(name) != nil
            }.count
        }
    }

    package func close() async { await lane.close() }
}
