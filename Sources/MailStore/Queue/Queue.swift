package import MailMessage

/// `queue.db`: what has been accepted and not yet delivered. A recipient leaves it only by `settle`.
///
/// Bodies below `MessageBody.fileThreshold` are rows, larger ones hard links of the spool file. One process at a time takes
/// mail out of it (`QueueKeeper`); any may put mail in.
package final class Queue: Sendable {
    package static let maximumRecipients = 10_000

    let lane: DatabaseLane
    let files: BodyFiles
    let threads: StoreThreads
    let clock: @Sendable () -> EpochSeconds
    package let schedule: RetrySchedule
    /// Wakes whoever takes mail out.
    package let bell: QueueBell

    /// Nothing is opened before the first use.
    package init(
        at path: String, filesAt root: String, bellAt bell: String, threads: StoreThreads,
        schedule: RetrySchedule = .standard,
        clock: @escaping @Sendable () -> EpochSeconds
    ) throws {
        self.clock = clock
        self.threads = threads
        self.schedule = schedule
        self.bell = QueueBell(at: bell)
        files = BodyFiles(root: root)
        lane = DatabaseLane(threads: threads) {
            // SQLite would make it by the umask; its -wal and -shm follow the mode of the file.
            if !StoreFolder.exists(path) { _ = try? FileHandle.create(path) }
            return try SQLConnection.open(path, schema: QueueSchema.schema)
        }
    }

    /// Durable when it returns.
    @discardableResult
    package func enqueue(_ submission: QueueSubmission) async throws(StoreError) -> QueueID {
        guard let id = try await enqueue([submission]).first else { throw .invalid("number of messages") }
        return id
    }

    /// All of them or none, durable when it returns.
    package func enqueue(_ submissions: [QueueSubmission]) async throws(StoreError) -> [QueueID] {
        for submission in submissions {
            guard (1...Self.maximumRecipients).contains(submission.recipients.count) else {
                throw .invalid("number of recipients")
            }
        }
        let ids = try await lane.write { [clock, files, schedule] database, effects in
            let writer = QueueWriter(database, now: clock(), schedule)
            return try submissions.map { try writer.insert($0, files, effects) }
        }
        bell.ring()
        return ids
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

    /// What became of one message's recipients, and the reports about it, in one transaction: a report is made exactly when
    /// its recipient is given up. Lost by a power cut before the next durable write, and then tried again; but durable for a
    /// message whose text is a file (`isLarge`), which goes with it: it must not be gone while its row is back.
    package func settle(
        _ entry: QueueID, _ outcomes: [Int: QueueOutcome], reports: [QueueSubmission] = [], isLarge: Bool = false
    ) async throws(StoreError) {
        try await lane.write(isRelaxed: reports.isEmpty && !isLarge) { [clock, files, schedule] database, effects in
            let writer = QueueWriter(database, now: clock(), schedule)
            for (number, outcome) in outcomes { try writer.settle(entry, number, outcome) }
            for report in reports { try writer.insert(report, files, effects) }
            try writer.removeIfSettled(entry, files, effects)
        }
        if !reports.isEmpty { bell.ring() }
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
