internal import CSQLite

/// The open database itself; closed when the connection and the last of its statements are gone.
final class SQLHandle {
    let pointer: OpaquePointer
    let path: String

    init(_ pointer: OpaquePointer, _ path: String) {
        self.pointer = pointer
        self.path = path
    }

    deinit { sqlite3_close_v2(pointer) }

    func failure(_ code: Int32) -> StoreError {
        StoreError.sql(
            code: code, message: String(cString: sqlite3_errmsg(pointer)), systemError: sqlite3_system_errno(pointer),
            file: path)
    }
}
