internal import CSQLite
internal import CSQLiteHeap
internal import Glibc

/// One connection to one database file. Not Sendable: one thread at a time (see `DatabaseLane`).
package final class SQLConnection {
    let owner: SQLHandle
    private var statements: [UnsafeRawPointer: Statement] = [:]
    /// Nobody else has the database open, or can open it.
    var isAlone = false

    /// Opens without touching the file; `SQLConnection.open` is the way in for everyone else.
    convenience init(bare path: String, create: Bool) throws {
        try self.init(path, SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0))
    }

    /// For whoever only looks: no lock but a reader's, no waiting, no checkpoint, whatever the schema's version is.
    convenience init(readingOnly path: String) throws { try self.init(path, SQLITE_OPEN_READONLY) }

    private init(_ path: String, _ way: Int32) throws {
        _ = Self.processSetUp
        let flags = way | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let error = StoreError.sql(
                code: code, message: String(cString: sqlite3_errstr(code)),
                systemError: opened.map { sqlite3_system_errno($0) } ?? 0, file: path)
            sqlite3_close_v2(opened)
            throw error
        }
        owner = SQLHandle(opened, path)
    }

    package var path: String { owner.path }
    var handle: OpaquePointer { owner.pointer }

    private static let processSetUp: Void = {
        _ = csqlite_disable_memory_statistics()
        _ = csqlite_take_no_memory_ahead()
        _ = csqliteheap_use()
        sqlite3_initialize()
    }()

    /// The prepared statement of a literal. Kept by the literal's address: no hashing of text.
    package func callAsFunction(_ sql: StaticString) throws -> Statement {
        let key = UnsafeRawPointer(sql.utf8Start)
        if let known = statements[key], !known.isRunning { return known }
        let made = try prepare(sql.utf8Start, sql.utf8CodeUnitCount, flags: UInt32(SQLITE_PREPARE_PERSISTENT))
        if statements[key] == nil { statements[key] = made }
        return made
    }

    /// A statement put together at run time; prepared anew each time, never from outside input.
    package func dynamic(_ sql: String) throws -> Statement {
        var copy = sql
        return try copy.withUTF8 { try prepare($0.baseAddress, $0.count, flags: 0) }
    }

    /// Several statements without parameters or results.
    package func execute(_ sql: String) throws {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    /// True while no transaction is open. SQLite itself rolls back on a full disk or an I/O error.
    package var isAutocommit: Bool { sqlite3_get_autocommit(handle) != 0 }

    package func rollBack() {
        if !isAutocommit { _ = sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
    }

    func failure(_ code: Int32) -> StoreError { owner.failure(code) }

    var syncHasFailed: Bool { owner.syncHasFailed }

    /// Writes everything in the log to the database itself, syncs that, and begins the log anew.
    func renewLog() throws {
        guard try dynamic("PRAGMA wal_checkpoint(TRUNCATE)").number() == 0 else { throw StoreError.busy }
        owner.forgetFailedSync()
    }

    private func prepare(_ text: UnsafePointer<UInt8>?, _ length: Int, flags: UInt32) throws -> Statement {
        guard let text, let count = Int32(exactly: length) else { throw StoreError.invalid("empty statement") }
        var made: OpaquePointer?
        let code = text.withMemoryRebound(to: CChar.self, capacity: length) {
            sqlite3_prepare_v3(handle, $0, count, flags, &made, nil)
        }
        guard code == SQLITE_OK, let made else { throw failure(code) }
        return Statement(made, of: owner)
    }
}
