internal import CSQLite
internal import Glibc

/// A consistent copy of a database in use: SQLite's own backup, in one read transaction that stops no writer.
enum DatabaseImage {
    static func copy(_ source: String, to destination: String) throws {
        let from = try SQLConnection(bare: source, create: false)
        let to = try SQLConnection(bare: destination, create: true)
        try to.execute("PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF")
        guard let backup = sqlite3_backup_init(to.handle, "main", from.handle, "main") else {
            throw to.failure(sqlite3_errcode(to.handle))
        }
        var code = SQLITE_BUSY
        for _ in 0..<attempts where code == SQLITE_BUSY || code == SQLITE_LOCKED {
            code = sqlite3_backup_step(backup, -1)
            if code == SQLITE_BUSY || code == SQLITE_LOCKED { usleep(pauseMicroseconds) }
        }
        sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else { throw from.failure(code) }
    }

    private static let attempts = 600
    private static let pauseMicroseconds: UInt32 = 10_000
}

/// Whether a database's files are those of an earlier look: if so, nothing was written to it.
struct DatabaseStamp {
    /// Ends a stamp that tells nothing: a further write in the same tick of the kernel's clock would leave it as it is.
    static let fresh = "|fresh"
    private static let settledSeconds = 2

    /// Device, inode, size and change of the file and of its log; nil when there is no file.
    static func of(_ path: String) -> String? {
        guard let database = stamp(path) else { return nil }
        let stamp = database + "|" + (stamp(path + "-wal") ?? "-")
        let newest = [path, path + "-wal"].compactMap(StoreFolder.modificationTime).max() ?? 0
        return newest > Int64(time(nil)) - Int64(settledSeconds) ? stamp + fresh : stamp
    }

    /// Nothing was written between two looks.
    static func isSame(_ before: String, _ now: String) -> Bool { before == now && !now.hasSuffix(fresh) }

    private static func stamp(_ path: String) -> String? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        let moment = "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
        return "\(status.st_dev):\(status.st_ino):\(status.st_size):\(moment)"
    }
}
