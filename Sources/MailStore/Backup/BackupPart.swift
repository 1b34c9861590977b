internal import MailMessage

/// One database of a store with the body files that belong to it, or the files that are no database.
package struct BackupPart: Sendable, Equatable {
    /// Where it lies in a backup: `directory`, `queue`, `secrets`, `accounts/0a/10`.
    package let name: String
    /// Of `secrets`: where its one file lies while it is unpacked.
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

    /// Databases that are whole without anything beside them, and whose state is not made to differ when it comes back.
    static let plain = ["trail", "sending", "greylist"]
    /// All that is no account's.
    static let common = ["directory", "queue", secrets] + plain
    private static let secrets = "secrets"

    /// Not nil: this part is these files.
    var secrets: SecretFiles? {
        name == Self.secrets ? SecretFiles(root: StoreFolder.parent(of: database)) : nil
    }

    var exists: Bool { secrets.map { !$0.paths().isEmpty } ?? StoreFolder.exists(database) }

    /// What it looked like: the same again means nothing to do.
    func stamp() throws -> String { try secrets?.stamp() ?? DatabaseStamp.of(database) ?? "-" }

    private static func plain(_ name: String, in store: String) -> BackupPart {
        BackupPart(name: name, database: "\(store)/\(name).db", files: nil, fileNames: nil)
    }

    private static func secrets(in store: String) -> BackupPart {
        BackupPart(name: secrets, database: store + "/secrets.unpacked", files: nil, fileNames: nil)
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
        let common = common.compactMap { named($0, in: store) }
        return (common + accounts.map { account(AccountID($0), in: store) }).filter(\.exists)
    }

    /// By its name in a snapshot; nil for a name no store has.
    static func named(_ name: String, in store: String) -> BackupPart? {
        switch name {
        case "directory": return directory(in: store)
        case "queue": return queue(in: store)
        case secrets: return secrets(in: store)
        case _ where plain.contains(name): return plain(name, in: store)
        default:
            guard let id = name.split(separator: "/").last.flatMap({ Int64($0) }) else { return nil }
            let part = account(AccountID(id), in: store)
            return part.name == name ? part : nil
        }
    }
}
