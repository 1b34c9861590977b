internal import Glibc
package import MailMessage

/// Puts a snapshot in the place of a store's databases and folders. The store that was stays beside it, whole, and can be read by
/// the version that wrote it. Killed at any moment it is no store to anybody until it has been run to its end again.
package struct StoreRollback {
    private static let parts =
        ["directory.db", "queue.db", "queue", "accounts", SecretFiles.folder] + SecretFiles.names
        + BackupPart.plain.map { $0 + ".db" }
    /// In no snapshot: who is logged in to the pages, and the charts. They stay with the store that was.
    private static let passing = ["web.db", "statistics.db"]
    private static let companions = ["-wal", "-shm"]

    /// A snapshot that is being unpacked, and one that is whole and on its way into place: its name ends with the stamp of the
    /// store that was, and the snapshot's time.
    private static let draft = "rolling-back"
    private static let ready = draft + "-"
    private static let aside = "rolled-back-"

    private let store: String

    package init(of store: String) { self.store = store }

    /// How many messages the store holds now, whatever version it has; nil when that cannot be read.
    package var messages: Int64? {
        try? SQLConnection(readingOnly: store + "/directory.db")("SELECT sum(message_count) FROM account_hint").number()
    }

    /// The time of a snapshot that was on its way into place when a run was killed: that one comes first.
    package var unfinished: EpochSeconds? { pending()?.moment }

    /// Where the store went that was there before. Throws `.notPermitted` for another snapshot than the one that is under way.
    package func run(
        _ snapshot: BackupSnapshot, of repository: BackupRepository, now: EpochSeconds, progress: (Int) -> Void
    ) throws(StoreError) -> String {
        do {
            try closeToOthers()
            if let pending = pending() {
                guard pending.moment == snapshot.at else {
                    throw StoreError.notPermitted("another rollback is under way: it has to come to its end first")
                }
                return try exchange(pending)
            }
            try clearRemains()
            try MailStore.restore(
                snapshot, of: repository, to: "\(store)/\(Self.draft)", now: now, progress: progress)
            let ready = Ready(stamp: freeStamp(from: now), moment: snapshot.at)
            try move(Self.draft, from: store, to: store, as: ready.name)
            return try exchange(ready)
        } catch { throw StoreError(wrapping: error) }
    }

    /// A snapshot that is whole and on its way into place.
    private struct Ready {
        let stamp: String
        let moment: EpochSeconds

        var name: String { "\(StoreRollback.ready)\(stamp)-\(moment)" }

        init(stamp: String, moment: EpochSeconds) { (self.stamp, self.moment) = (stamp, moment) }

        init?(name: String) {
            guard name.hasPrefix(StoreRollback.ready) else { return nil }
            let words = name.dropFirst(StoreRollback.ready.count).split(separator: "-")
            guard words.count == 2, let moment = EpochSeconds(words[1]) else { return nil }
            self.init(stamp: String(words[0]), moment: moment)
        }
    }

    /// Of a run that was killed. What has lost its mark was in place already: only its remains are left.
    private func pending() -> Ready? {
        StoreFolder.entries(of: store).lazy.compactMap(Ready.init).first { MailStore.exists(at: "\(store)/\($0.name)") }
    }

    private func clearRemains() throws {
        for name in StoreFolder.entries(of: store) where name == Self.draft || name.hasPrefix(Self.ready) {
            try StoreFolder.removeTree("\(store)/\(name)")
        }
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
    private func exchange(_ ready: Ready) throws -> String {
        let (fresh, old) = ("\(store)/\(ready.name)", "\(store)/\(Self.aside)\(ready.stamp)")
        try StoreFolder.make(old)
        if StoreFolder.exists(fresh + "/directory.db") { try move("store", from: store, to: old) }
        try StoreFolder.synchronise(store)
        for part in Self.passing where !StoreFolder.exists("\(old)/\(part)") { try moveDatabase(part, to: old) }
        for part in Self.parts where StoreFolder.exists("\(fresh)/\(part)") {
            try moveDatabase(part, to: old)
            try move(part, from: fresh, to: store)
        }
        try StoreFolder.synchronise(old)
        try move("store", from: fresh, to: store)
        try StoreFolder.synchronise(store)
        try StoreFolder.removeTree(fresh)
        return old
    }

    private func moveDatabase(_ part: String, to old: String) throws {
        for companion in Self.companions { try move(part + companion, from: store, to: old) }
        try move(part, from: store, to: old)
    }

    private func move(_ name: String, from: String, to: String, as newName: String? = nil) throws {
        guard StoreFolder.exists("\(from)/\(name)") else { return }
        guard rename("\(from)/\(name)", "\(to)/\(newName ?? name)") == 0 else {
            throw StoreError.system("rename", "\(from)/\(name)", errno: errno)
        }
    }
}

extension StoreFolder {
    /// A folder with all that is in it, or a file; links are not followed. Folders in it are at most as deep as a store's.
    static func removeTree(_ path: String) throws {
        if unlink(path) == 0 { return }
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
