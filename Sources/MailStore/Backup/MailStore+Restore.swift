internal import Glibc
package import MailMessage

extension MailStore {
    /// Makes a store of a snapshot in a folder that is none yet; `RestoreRules` say what differs. What fails part way, or is
    /// killed, is in nobody's way the next time. `isScratch`: only to look into, exactly as it was.
    package static func restore(
        _ snapshot: BackupSnapshot, of repository: BackupRepository, to path: String, now: EpochSeconds,
        isScratch: Bool = false, only account: AccountID? = nil, copied: @escaping CopyWatch = { _ in },
        progress: (Int) -> Void = { _ in }
    ) throws(StoreError) {
        do {
            let place = RestorePlace(path)
            try place.claim()
            do {
                for folder in ["accounts", "queue", "run/notify", "spool"] { try StoreFolder.make("\(path)/\(folder)") }
                let reader = BackupReader(repository: repository, copied: copied)
                for entry in snapshot.entries {
                    guard let part = BackupPart.named(entry.part, in: path) else { continue }
                    if let account, !isNeeded(part, for: account) { continue }
                    try reader.restore(entry, as: part)
                    if !isScratch { try applyRules(to: part, now: now, from: snapshot.at) }
                    progress(1)
                }
                try BackupRepository.synchroniseFileSystem(path)
                try StoreFormat(isTestStore: isTest(path)).write(to: path)
            } catch {
                try? place.clear()
                throw error
            }
            try place.release()
        } catch { throw StoreError(wrapping: error) }
    }

    /// To look for one account's mail nobody needs the keys.
    private static func isNeeded(_ part: BackupPart, for account: AccountID) -> Bool {
        part.account.map { $0 == account } ?? (part.name == "directory" || part.name == "queue")
    }

    private static func applyRules(to part: BackupPart, now: EpochSeconds, from moment: EpochSeconds) throws {
        guard part.secrets == nil, !BackupPart.plain.contains(part.name) else { return }
        let schema =
            switch part.name {
            case "directory": DirectorySchema.schema
            case "queue": QueueSchema.schema
            default: AccountSchema.schema
            }
        let database = try SQLConnection.open(part.database, schema: schema, create: false)
        try database.execute("BEGIN IMMEDIATE")
        switch part.name {
        case "directory": try RestoreRules.apply(toDirectory: database, at: now, from: moment)
        case "queue": try RestoreRules.apply(toQueue: database)
        default: try RestoreRules.apply(toAccount: database)
        }
        try database.execute("COMMIT")
        try database.renewLog()
    }

    private static func isTest(_ path: String) throws -> Bool {
        let database = try SQLConnection.open(path + "/directory.db", schema: DirectorySchema.schema, create: false)
        return try database("SELECT is_test FROM directory_state WHERE id = 1").number() == 1
    }

    /// Brings one part of a snapshot back into a scratch folder and looks at all of it: SQLite's check, counters, every body
    /// with its digest, and the snapshot's own numbers. What is wrong; nothing when all is well.
    package static func verify(
        _ entry: BackupSnapshot.Entry, of repository: BackupRepository, in scratch: String,
        copied: @escaping CopyWatch = { _ in }
    ) throws(StoreError) -> [String] {
        do {
            guard let part = BackupPart.named(entry.part, in: scratch) else {
                return ["\(entry.part) is no part of a store"]
            }
            defer { BackupScratch.remove(part, in: scratch) }
            try BackupReader(repository: repository, copied: copied).restore(entry, as: part)
            guard part.secrets == nil else { return [] }
            guard let account = part.account else { return try check(part) }
            let database = try SQLConnection.open(part.database, schema: AccountSchema.schema, create: false)
            guard let files = part.files else { return [] }
            let reader = AccountReader(database, account: account, files: files, now: 0)
            var problems = try AccountCheck(reader).run() + reader.bodiesThatDiffer(copied)
            let usage = try reader.usage()
            if usage != AccountUsage(bytes: entry.bytes, messages: entry.messages) {
                problems.append(
                    "\(usage.messages) messages in \(usage.bytes) bytes, the snapshot says \(entry.messages) in \(entry.bytes)"
                )
            }
            return problems
        } catch let error as StoreError {
            if case .damaged(_, let detail) = error { return ["\(entry.part): \(detail)"] }
            throw error
        } catch { throw StoreError(wrapping: error) }
    }

    private static func check(_ part: BackupPart) throws -> [String] {
        let database = try SQLConnection(bare: part.database, create: false)
        var problems: [String] = []
        try database("PRAGMA integrity_check").each { problems.append($0.text(0)) }
        return problems == ["ok"] ? [] : problems
    }
}

extension AccountReader {
    /// Messages whose bytes are not those that were stored. Those without a file are for `AccountCheck` to tell.
    func bodiesThatDiffer(_ looked: CopyWatch) throws -> [String] {
        var problems: [String] = []
        try database(
            """
            SELECT b.id, b.digest, b.file_name, d.data FROM blob b
            LEFT JOIN blob_data d ON d.account_id=b.account_id AND d.id=b.id WHERE b.account_id=$1
            """
        ).each(account) { row in
            let name = row.text(2)
            let path = name.isEmpty ? nil : try files.path(of: name)
            if let path, !StoreFolder.exists(path) { return }
            let bytes = try path.map { try BackupRepository.bytes(of: $0) } ?? row.bytes(3)
            try looked(Int64(bytes.count))
            if ContentDigest.of(bytes) != UInt64(bitPattern: row.int64(1)) {
                problems.append("body \(row.int64(0)) differs")
            }
        }
        return problems
    }
}

enum BackupScratch {
    /// A verified part makes room for the next one.
    static func remove(_ part: BackupPart, in scratch: String) {
        for path in part.secrets?.paths() ?? [] { unlink("\(StoreFolder.parent(of: part.database))/\(path)") }
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(part.database + suffix) }
        guard let files = part.files else { return }
        for name in files.names() { files.remove(name) }
    }
}
