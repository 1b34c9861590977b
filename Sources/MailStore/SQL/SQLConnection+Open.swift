internal import CSQLite
internal import Glibc

extension SQLConnection {
    /// Longest wait for another process's lock: sleeps of 1 and 2 ms in turn, because SQLite's own back-off was
    /// measured to stall for up to a second.
    static let busyRounds: Int32 = 3_333
    static let pageSize = 4_096
    static let cacheKiB = 256
    static let journalSizeLimit = 16 << 20
    static let fullSynchronous: Int64 = 2

    /// Opens a database of the store, brings its schema up to date and checks that commits are durable.
    ///
    /// A schema newer than ours is refused before anything is written. `alone`: see `shutOthersOut`.
    package static func open(
        _ path: String, schema: Schema, create: Bool = true, alone: Bool = false
    ) throws -> SQLConnection {
        let connection = try SQLConnection(bare: path, create: create)
        if alone { try connection.shutOthersOut() }
        sqlite3_busy_handler(connection.handle, waitForLock, nil)
        let found = try connection.schemaVersion()
        guard found <= schema.version else {
            _ = csqlite_db_config(connection.handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            throw StoreError.newerSchema(file: path, found: found, known: schema.version)
        }
        try connection.harden()
        try connection.setPragmas(isNew: found == 0)
        if found < schema.version { try connection.migrate(to: schema) }
        return connection
    }

    /// The same for what nothing depends on: one of a newer version is given up, unless that version has it open.
    static func openOrMakeAnew(_ path: String, schema: Schema) throws -> SQLConnection {
        // SQLite would make it by the umask; its -wal and -shm follow the mode of the file.
        if !StoreFolder.exists(path) { _ = try? FileHandle.create(path) }
        do { return try open(path, schema: schema) } catch let error as StoreError {
            guard case .newerSchema = error else { throw error }
            let other = try SQLConnection(bare: path, create: false)
            if try other.schemaVersion() > schema.version {
                // A database leaves WAL mode only when nobody else has it open.
                guard (try? other("PRAGMA journal_mode=DELETE").text()) == "delete" else { throw error }
                StoreFolder.removeFile(path)
                _ = try FileHandle.create(path)
            }
            return try open(path, schema: schema)
        }
    }

    /// When nobody else has the database open, nobody comes in before this connection is closed: others wait as they do for a
    /// lock. Then SQLite makes no memory to share, and nobody can build upon a commit that is not synced yet.
    private func shutOthersOut() throws {
        try execute("PRAGMA locking_mode=EXCLUSIVE")
        do {
            _ = try schemaVersion()
            isAlone = true
        } catch StoreError.busy {
            try execute("PRAGMA locking_mode=NORMAL")
        }
    }

    /// Makes a whole database with its first rows in a file of its own and closes it. Nothing is synced on the way: the
    /// caller syncs the file and then gives it its name.
    static func build(_ path: String, schema: Schema, fill: (SQLConnection) throws -> Void) throws {
        let connection = try SQLConnection(bare: path, create: true)
        try connection.harden()
        try connection.execute(
            "PRAGMA page_size=\(pageSize); PRAGMA synchronous=OFF; PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL"
        )
        try connection.execute("BEGIN IMMEDIATE")
        for step in schema.steps { try connection.execute(Schema.expandForSQLite(step)) }
        try fill(connection)
        try connection.execute("PRAGMA user_version=\(schema.version); COMMIT")
        // Closing would do this too, and keep silent when it fails.
        try connection.renewLog()
    }

    package func schemaVersion() throws -> Int { Int(try self("PRAGMA user_version").number() ?? 0) }

    private func harden() throws {
        for (option, value) in [
            (SQLITE_DBCONFIG_DEFENSIVE, Int32(1)), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
        ] {
            let code = csqlite_db_config(handle, option, value)
            guard code == SQLITE_OK else { throw failure(code) }
        }
    }

    private func setPragmas(isNew: Bool) throws {
        if isNew { try execute("PRAGMA page_size=\(Self.pageSize); PRAGMA auto_vacuum=INCREMENTAL") }
        guard try self("PRAGMA journal_mode=WAL").text() == "wal" else {
            throw StoreError.inputOutput("\(path): the file system does not allow write-ahead logging")
        }
        try execute(
            """
            PRAGMA secure_delete=FAST; PRAGMA cache_size=-\(Self.cacheKiB);
            PRAGMA journal_size_limit=\(Self.journalSizeLimit); PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON
            """)
        try makeDurable()
    }

    /// Every COMMIT is on the disk when it returns.
    func makeDurable() throws {
        try execute("PRAGMA synchronous=FULL")
        guard try synchronous() == Self.fullSynchronous else {
            throw StoreError.inputOutput("\(path): synchronous=FULL was not accepted; commits would not be durable")
        }
    }

    /// A COMMIT is safe from a crash of the process; from a power cut only with the next durable one.
    func relax() throws { try execute("PRAGMA synchronous=NORMAL") }

    /// A COMMIT syncs nothing: only for a connection that is alone, and `settle` follows.
    func deferSyncs() throws { try execute("PRAGMA synchronous=OFF") }

    /// Makes durable what was committed meanwhile: the log and its name, then the database it is written back to. Three
    /// syncs, where a COMMIT and the closing after it take five.
    func settle() throws {
        try makeDurable()
        do { try renewLog() } catch StoreError.diskFull where !syncHasFailed {
            // No room to write it back to: the log is synced before that, and keeps it.
        } catch {
            try renewLog()
        }
    }

    /// What the connection really does at COMMIT: 2 is FULL.
    package func synchronous() throws -> Int64 { try self("PRAGMA synchronous").number() ?? -1 }

    /// True when the file was renamed or removed since it was opened.
    var hasMoved: Bool {
        var answer: Int32 = 0
        return sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &answer) == SQLITE_OK && answer != 0
    }

    func migrate(to schema: Schema) throws {
        try execute("BEGIN IMMEDIATE")
        do {
            let found = try schemaVersion()  // another process may have been first
            for step in schema.steps.dropFirst(found) { try execute(Schema.expandForSQLite(step)) }
            try execute("PRAGMA user_version=\(schema.version)")
            try execute("COMMIT")
        } catch {
            rollBack()
            throw error
        }
    }
}

private func waitForLock(_: UnsafeMutableRawPointer?, _ round: Int32) -> Int32 {
    guard round < SQLConnection.busyRounds else { return 0 }
    usleep(round & 1 == 0 ? 1_000 : 2_000)
    return 1
}
