internal import Glibc

/// A folder in which a store is being made of a backup. While its mark is there and no store is, everything in it is of a restore
/// that did not come to its end.
struct RestorePlace {
    private static let mark = "restoring"
    let path: String

    init(_ path: String) { self.path = path }

    private var markPath: String { "\(path)/\(Self.mark)" }

    /// Makes it, when there is nothing or what an earlier restore has left. Throws `.exists` for anything else.
    func claim() throws {
        if StoreFolder.exists(markPath), !MailStore.exists(at: path) { try clear() }
        guard !StoreFolder.exists(path) || StoreFolder.entries(of: path).isEmpty else {
            throw StoreError.exists("something at \(path)")
        }
        try StoreFolder.make(path)
        try StoreFolder.make(markPath)
    }

    /// The mark last: killed meanwhile, the rest can still be told from somebody's own.
    func clear() throws {
        for name in StoreFolder.entries(of: path) where name != Self.mark {
            try StoreFolder.removeTree("\(path)/\(name)")
        }
        try release()
    }

    func release() throws {
        guard rmdir(markPath) == 0 || errno == ENOENT else { throw StoreError.system("rmdir", markPath, errno: errno) }
        try StoreFolder.synchronise(path)
    }
}
