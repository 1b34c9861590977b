internal import MailMessage

/// One database of a store with the body files that belong to it.
package struct BackupPart: Sendable, Equatable {
    /// Where it lies in a backup: `directory`, `queue`, `accounts/0a/10`.
    package let name: String
    let database: String
    let files: BodyFiles?
    /// Names of the body files that rows of the image name.
    let fileNames: StaticString?

    package static func == (left: BackupPart, right: BackupPart) -> Bool { left.name == right.name }

    /// The account whose mail it is.
    package var account: AccountID? {
        guard name.hasPrefix("accounts/") else { return nil }
        return name.split(separator: "/").last.flatMap { Int64($0) }.map(AccountID.init)
    }

    static func directory(in store: String) -> BackupPart {
        BackupPart(name: "directory", database: store + "/directory.db", files: nil, fileNames: nil)
    }

    static func queue(in store: String) -> BackupPart {
        BackupPart(
            name: "queue", database: store + "/queue.db", files: BodyFiles(root: store + "/queue"),
            fileNames: "SELECT file_name FROM queue_entry WHERE file_name<>''")
    }

    static func account(_ id: AccountID, in store: String) -> BackupPart {
        let folder = AccountFolder(of: id, in: store)
        return BackupPart(
            name: String(folder.path.dropFirst(store.count + 1)), database: folder.database, files: folder.files,
            fileNames: "SELECT file_name FROM blob WHERE file_name<>''")
    }

    /// Everything of a store, the directory first: whoever is in it later has his mail in a later backup.
    static func all(in store: String) -> [BackupPart] {
        let root = store + "/accounts"
        let accounts = StoreFolder.entries(of: root).sorted().flatMap { bucket in
            StoreFolder.entries(of: "\(root)/\(bucket)").compactMap { Int64($0) }.sorted()
        }
        let parts = [directory(in: store), queue(in: store)] + accounts.map { account(AccountID($0), in: store) }
        return parts.filter { StoreFolder.exists($0.database) }
    }

    /// By its name in a snapshot; nil for a name no store has.
    static func named(_ name: String, in store: String) -> BackupPart? {
        switch name {
        case "directory": return directory(in: store)
        case "queue": return queue(in: store)
        default:
            guard let id = name.split(separator: "/").last.flatMap({ Int64($0) }) else { return nil }
            let part = account(AccountID(id), in: store)
            return part.name == name ? part : nil
        }
    }
}
