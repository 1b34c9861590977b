internal import MailMessage

/// What `directory.db` says inside one `read` or `write`. Never kept after the closure.
package class DirectoryReader {
    let database: SQLConnection
    let now: EpochSeconds
    /// The rules of organisations and classes this closure has met: a list of 20,000 accounts reads each once.
    var knownLevels: [QuotaLevelKey: QuotaLevel] = [:]
    var knownFeatures: [FeatureLevelKey: [Feature: Bool]] = [:]

    init(_ database: SQLConnection, now: EpochSeconds) {
        self.database = database
        self.now = now
    }

    /// Moves with every change but hints, so that caches know when to forget.
    package func generation() throws -> Int64 {
        try database("SELECT generation FROM directory_state WHERE id = 1").number() ?? 0
    }

    /// Whether the tools' `--now` works on this store.
    package func isTestStore() throws -> Bool {
        try database("SELECT is_test FROM directory_state WHERE id = 1").number() == 1
    }

    package func setting(_ name: String) throws -> String? {
        try database("SELECT value FROM setting WHERE name = $1").text(name)
    }
}

/// Everything of the reader, and what changes the directory. Each change leaves a line in the audit trail.
package final class DirectoryTransaction: DirectoryReader {
    /// Who asked, as the audit trail shall name it.
    let actor: AuditActor
    /// What organisations with a pool had granted before this transaction's first change of limits; nil before it.
    var poolsBefore: [PoolUse]?

    init(_ database: SQLConnection, now: EpochSeconds, actor: AuditActor) {
        self.actor = actor
        super.init(database, now: now)
    }

    package func setSetting(_ name: String, _ value: String) throws {
        let before = try setting(name) ?? ""
        guard before != value else { return }
        try database("INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2")
            .run(name, value)
        try record("setting set", name, before, value)
    }

    /// One counter for accounts, domains, organisations, classes and aliases: an id is never given twice.
    func nextID() throws -> Int64 {
        let statement = try database("UPDATE directory_state SET next_id = next_id + 1 WHERE id = 1 RETURNING next_id")
        guard let next = try statement.number() else {
            throw StoreError.damaged(file: database.path, detail: "directory_state has no row")
        }
        return next - 1
    }

    func bumpGeneration() throws -> Int64 {
        let statement = try database(
            "UPDATE directory_state SET generation = generation + 1 WHERE id = 1 RETURNING generation")
        guard let generation = try statement.number() else {
            throw StoreError.damaged(file: database.path, detail: "directory_state has no row")
        }
        return generation
    }

    /// A line of the audit trail. Never pass a secret.
    func record(_ action: String, _ object: String, _ before: String = "", _ after: String = "") throws {
        try database(
            """
            INSERT INTO audit (id, at, actor, uid, tool, action, object, before, after, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """
        ).run(
            try nextID(), now, actor.name, actor.uid ?? -1, actor.tool, action, object, before, after,
            try DirectoryText.checked(actor.reason, "the reason"))
    }
}
