internal import CSQLite
internal import Glibc

extension StoreError {
    /// SQLite's result code as the store's error. `systemError` is the errno SQLite saw, 0 when there was none.
    static func sql(code: Int32, message: String, systemError: Int32, file: String) -> StoreError {
        let detail = "\(message) (SQLite \(code))"
        switch code & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED: return .busy
        case SQLITE_FULL: return .diskFull
        case SQLITE_CORRUPT, SQLITE_NOTADB: return .damaged(file: file, detail: detail)
        case SQLITE_INTERRUPT: return .closed
        case SQLITE_CONSTRAINT: return .exists(detail)
        case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_NOMEM, SQLITE_PROTOCOL, SQLITE_PERM:
            return isOutOfSpace(systemError) ? .diskFull : .inputOutput("\(file): \(detail)")
        default: return .invalid("\(file): \(detail)")
        }
    }

    /// A failed system call on `path`.
    package static func system(_ call: String, _ path: String, errno code: Int32) -> StoreError {
        if isOutOfSpace(code) { return .diskFull }
        return .inputOutput("\(call) \(path): \(String(cString: strerror(code)))")
    }

    private static func isOutOfSpace(_ code: Int32) -> Bool { code == ENOSPC || code == EDQUOT }
}
