internal import Glibc

/// Puts a rebuilt database in the place of a damaged one.
///
/// `db-repaired` is the point of no return: once it is there, whole and durable, whoever opens the account next finishes
/// the exchange. The old log has to go first: SQLite would play it into the new database.
struct RepairSwap {
    static let asideLimit = 100
    let folder: AccountFolder

    /// From a finished and synced draft. The caller holds the lock.
    func commit(_ draft: String) throws -> String? {
        guard rename(draft, folder.repaired) == 0 else { throw StoreError.system("rename", draft, errno: errno) }
        try StoreFolder.synchronise(folder.path)
        return try finish()
    }

    /// What a crash left undone. Cheap when there is nothing.
    func finishInterrupted() throws {
        guard StoreFolder.exists(folder.repaired) else { return }
        let lock = try RepairLock(folder.database)
        try withExtendedLifetime(lock) { if StoreFolder.exists(folder.repaired) { _ = try finish() } }
    }

    private func finish() throws -> String? {
        let aside = try keepAside()
        unlink(folder.database + "-shm")
        guard rename(folder.repaired, folder.database) == 0 else {
            throw StoreError.system("rename", folder.repaired, errno: errno)
        }
        try StoreFolder.synchronise(folder.path)
        return aside
    }

    private func keepAside() throws -> String? {
        let moment = StoreFolder.modificationTime(of: folder.repaired) ?? 0
        let hasDatabase = StoreFolder.exists(folder.database)
        let log = folder.database + "-wal"
        guard hasDatabase || StoreFolder.exists(log) else { return nil }
        for number in 0..<Self.asideLimit {
            let name = "\(folder.database).damaged-\(moment)\(number == 0 ? "" : ".\(number)")"
            if hasDatabase, link(folder.database, name) != 0 {
                guard errno == EEXIST else { throw StoreError.system("link", name, errno: errno) }
                guard StoreFolder.areSame(folder.database, name) else { continue }
            }
            guard rename(log, name + "-wal") == 0 || errno == ENOENT else {
                throw StoreError.system("rename", log, errno: errno)
            }
            return name
        }
        throw StoreError.exists("\(folder.database).damaged-\(moment)")
    }
}
