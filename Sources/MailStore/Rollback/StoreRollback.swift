internal import Glibc
package import MailMessage

/// Puts a snapshot in the place of a store's databases and folders. The store that was stays beside it, whole, and can be read by
/// the version that wrote it. Killed at any moment it is no store to anybody until it has been run to its end again.
package struct StoreRollback {
    private static let parts =
        ["directory.db", "queue.db", "queue", "accounts", SecretFiles.folder] + SecretFiles.names
        + BackupPart.plain.map { $0 + ".db" }
    private static let companions = ["-wal", "-shm"]

    /// A snapshot that is being unpacked, and one that is whole and on its way into place: its name ends with its stamp.
    private static let draft = "rolling-back"
    private static let ready = draft + "-"
    private static let aside = "rolled-back-"

    private let store: String

    package init(of store: String) { self.store = store }

    /// How many messages the store holds now, whatever version it has; nil when that cannot be read.
    package var messages: Int64? {
        try? SQLConnection(readingOnly: store + "/directory.db")("SELECT sum(message_count) FROM account_hint").number()
    }

    /// Where the store went that was there before.
    package func run(
        _ snapshot: BackupSnapshot, of repository: BackupRepository, now: EpochSeconds, progress: (Int) -> Void
    ) throws(StoreError) -> String {
        do {
            if let stamp = try unfinished() { return try exchange(stamp) }
            try closeToOthers()
            let draft = "\(store)/\(Self.draft)"
            if StoreFolder.exists(draft) { try StoreFolder.removeTree(draft) }
            try MailStore.restore(snapshot, of: repository, to: draft, now: now, progress: progress)
            let stamp = freeStamp(from: now)
            try move(Self.draft, from: store, to: store, as: Self.ready + stamp)
            return try exchange(stamp)
        } catch { throw StoreError(wrapping: error) }
    }

    /// Of a run that was killed. What has lost its mark was in place already: only its remains are left.
    private func unfinished() throws -> String? {
        for name in StoreFolder.entries(of: store) where name.hasPrefix(Self.ready) {
            if MailStore.exists(at: "\(store)/\(name)") { return String(name.dropFirst(Self.ready.count)) }
            try StoreFolder.removeTree("\(store)/\(name)")
        }
        return nil
    }

    private func freeStamp(from now: EpochSeconds) -> String {
        var stamp = now
        while StoreFolder.exists("\(store)/\(Self.aside)\(stamp)") { stamp += 1 }
        return String(stamp)
    }

    /// A database leaves WAL mode only when nobody else has it open: a server that runs, or another tool.
    private func closeToOthers() throws {
        guard StoreFolder.exists(StoreFormat.path(in: store)) else { return }
        let database = try SQLConnection(bare: store + "/directory.db", create: false)
        guard try database("PRAGMA journal_mode=DELETE").text() == "delete" else { throw StoreError.busy }
    }

    /// The mark first and last: in between there is no store to open. Each step may have been done by a run that was killed.
    private func exchange(_ stamp: String) throws -> String {
        let (fresh, old) = ("\(store)/\(Self.ready)\(stamp)", "\(store)/\(Self.aside)\(stamp)")
        try StoreFolder.make(old)
        if StoreFolder.exists(fresh + "/directory.db") { try move("store", from: store, to: old) }
        try StoreFolder.synchronise(store)
        for part in Self.parts where StoreFolder.exists("\(fresh)/\(part)") {
            for companion in Self.companions { try move(part + companion, from: store, to: old) }
            try move(part, from: store, to: old)
            try move(part, from: fresh, to: store)
        }
        try StoreFolder.synchronise(old)
        try move("store", from: fresh, to: store)
        try StoreFolder.synchronise(store)
        try StoreFolder.removeTree(fresh)
        return old
    }

    private func move(_ name: String, from: String, to: String, as newName: String? = nil) throws {
        guard StoreFolder.exists("\(from)/\(name)") else { return }
        guard rename("\(from)/\(name)", "\(to)/\(newName ?? name)") == 0 else {
            throw StoreError.system("rename", "\(from)/\(name)", errno: errno)
        }
    }
}

extension StoreFolder {
    /// A folder with all that is in it; links are not followed. Folders in it are at most as deep as a store's.
    static func removeTree(_ path: String) throws {
        var folders = [path]
        var next = 0
        while next < folders.count {
            for name in entries(of: folders[next]) {
                let entry = "\(folders[next])/\(name)"
                var status = stat()
                guard lstat(entry, &status) == 0 else { continue }
                if status.st_mode & S_IFMT == S_IFDIR {
                    folders.append(entry)
                } else if unlink(entry) != 0 {
                    throw StoreError.system("unlink", entry, errno: errno)
                }
            }
            next += 1
        }
        for folder in folders.reversed() where rmdir(folder) != 0 {
            throw StoreError.system("rmdir", folder, errno: errno)
        }
    }
}
