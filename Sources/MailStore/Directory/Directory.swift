package import MailMessage
internal import MailShared
internal import Synchronization

/// The door to `directory.db`: who exists, what they are called, what they may use.
///
/// Lookups answer from memory while the directory has not changed: this process's changes show at once, another's
/// within `DirectoryCache.patience`.
package final class Directory: Sendable {
    let lane: DatabaseLane
    package let clock: @Sendable () -> EpochSeconds
    let cache = DirectoryCache()
    let hints: HintBuffer
    let appPasswordUses: AppPasswordUses
    let deviceNotes: DeviceNotes
    let metrics: Metrics

    /// Nothing is opened before the first use.
    package init(at path: String, threads: StoreThreads, clock: @escaping @Sendable () -> EpochSeconds) throws {
        self.clock = clock
        metrics = threads.metrics
        lane = DatabaseLane(threads: threads) {
            try SQLConnection.open(path, schema: DirectorySchema.schema, create: false)
        }
        hints = HintBuffer(lane: lane, clock: clock)
        appPasswordUses = AppPasswordUses(lane: lane)
        deviceNotes = DeviceNotes(lane: lane)
    }

    package func read<T: Sendable>(
        _ body: @escaping @Sendable (DirectoryReader) throws -> T
    ) async throws(StoreError) -> T {
        try await lane.read { [clock] database in try body(DirectoryReader(database, now: clock())) }
    }

    /// Durable when it returns. The closure may run more than once, so it must be repeatable.
    @discardableResult
    package func write<T: Sendable>(
        by actor: AuditActor = "system", _ body: @escaping @Sendable (DirectoryTransaction) throws -> T
    ) async throws(StoreError) -> T {
        try await lane.write { [clock, cache] database, effects in
            let transaction = DirectoryTransaction(database, now: clock(), actor: actor)
            let generation = try transaction.bumpGeneration()
            effects.afterCommit { cache.forgetAll(generation: generation) }
            let value = try body(transaction)
            try transaction.checkPools()
            return value
        }
    }

    package func close() async {
        await hints.flush()
        await appPasswordUses.flush()
        await deviceNotes.flush()
        await lane.close()
    }

    /// Makes the tables and what every store begins with. Does nothing to a directory that is there already.
    package static func create(at path: String, isTestStore: Bool, now: EpochSeconds) throws {
        // SQLite would make it by the umask; its -wal and -shm follow the mode of the file.
        if !StoreFolder.exists(path) { _ = try FileHandle.create(path) }
        let database = try SQLConnection.open(path, schema: DirectorySchema.schema)
        try database("BEGIN IMMEDIATE").run()
        defer { database.rollBack() }
        guard try database("SELECT id FROM directory_state WHERE id = 1").number() == nil else { return }
        try database(
            "INSERT INTO directory_state (id, generation, next_id, created_at, is_test) VALUES (1, 1, 1, $1, $2)"
        )
        .run(now, isTestStore)
        let transaction = DirectoryTransaction(database, now: now, actor: "store init")
        try transaction.setQuota(QuotaRule(bytes: .limit(EffectiveQuota.standardBytes)), for: .standard)
        try transaction.addClass(.employee, quota: QuotaRule(bytes: .limit(EffectiveQuota.standardBytes)))
        try transaction.addClass(.student, quota: QuotaRule(bytes: .limit(EffectiveQuota.studentBytes)))
        try database("COMMIT").run()
    }
}
