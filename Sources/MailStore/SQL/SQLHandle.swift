internal import CSQLite

/// The open database itself; closed when the connection and the last of its statements are gone.
final class SQLHandle {
    let pointer: OpaquePointer
    let path: String
    /// The kernel reports a failed sync once and then takes the pages for written: what the log holds may never have
    /// reached the disk, although the next sync succeeds.
    private(set) var syncHasFailed = false
    /// Set while a read with a `TimeBudget` runs; on the clock of `TimeBudget.now`.
    var deadline: Int64?

    init(_ pointer: OpaquePointer, _ path: String) {
        self.pointer = pointer
        self.path = path
    }

    deinit { sqlite3_close_v2(pointer) }

    func failure(_ code: Int32) -> StoreError {
        if Self.syncFailures.contains(code) { syncHasFailed = true }
        return StoreError.sql(
            code: code, message: String(cString: sqlite3_errmsg(pointer)), systemError: sqlite3_system_errno(pointer),
            file: path)
    }

    func forgetFailedSync() { syncHasFailed = false }

    /// SQLITE_IOERR_FSYNC and SQLITE_IOERR_DIR_FSYNC, which are macros that Swift does not see.
    private static let syncFailures = [SQLITE_IOERR | 4 << 8, SQLITE_IOERR | 5 << 8]
}
