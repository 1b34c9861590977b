extension MailStore {
    /// Where an account's mail is kept; the file is made at the account's first use.
    package func databasePath(of id: AccountID) -> String { AccountFolder(of: id, in: path).database }

    /// Nil when nobody has used the account yet: there is nothing to check, and nothing is made.
    package func check(account id: AccountID) async throws(StoreError) -> [String]? {
        guard StoreFolder.exists(databasePath(of: id)) else { return nil }
        return try await account(id).check()
    }

    /// What is nobody's mail alone: without these something is lost.
    package static let commonDatabases = ["directory", "queue"] + BackupPart.plain
    /// And without these it is not.
    package static let passingDatabases = ["web", "statistics"]

    package func databasePath(named name: String) -> String { "\(path)/\(name).db" }

    /// SQLite's own check of such a database, and of the queue's its bodies. Nothing for one that nobody has made yet.
    package func check(database name: String) throws(StoreError) -> [String] {
        let file = databasePath(named: name)
        guard StoreFolder.exists(file) else { return [] }
        do {
            let database = try SQLConnection(bare: file, create: false)
            var problems: [String] = []
            try database("PRAGMA integrity_check").each { problems.append($0.text(0)) }
            guard problems == ["ok"] else { return problems }
            return name == "queue" ? try QueueCheck(database, queue.files).run() : []
        } catch { throw StoreError(wrapping: error) }
    }
}

/// Whether what is on its way has its text.
struct QueueCheck {
    private let database: SQLConnection
    private let files: BodyFiles

    init(_ database: SQLConnection, _ files: BodyFiles) {
        self.database = database
        self.files = files
    }

    func run() throws -> [String] {
        var suspects: [Int64] = []
        try database(
            """
            SELECT e.id, e.size, e.file_name, length(b.data) FROM queue_entry e LEFT JOIN queue_body b ON b.id = e.id
            WHERE e.waiting > 0 ORDER BY e.id
            """
        ).each { row in
            let name = row.text(2)
            let found = name.isEmpty ? row.int64(3) : StoreFolder.size(of: try files.path(of: name)) ?? 0
            if found != row.int64(1) { suspects.append(row.int64(0)) }
        }
        // What has been delivered meanwhile has taken its text along.
        let left = try suspects.filter { id in
            try database("SELECT count(*) FROM queue_entry WHERE id = $1 AND waiting > 0").number(id) == 1
        }
        return left.map { "message \($0) has no whole body" }
    }
}
