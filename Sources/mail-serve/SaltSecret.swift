import Glibc
import MailTool

/// Random bytes that stay with the store, across restarts: names that do not exist keep the salt they were told, and
/// bounces find the way back to who sent what was forwarded.
enum SaltSecret {
    static let length = 32
    static let returns = "srs.secret"

    static func load(in store: String, name: String = "salt.secret") throws(ToolError) -> [UInt8] {
        let path = "\(store)/\(name)"
        if let old = read(path) { return old }
        guard access(store, F_OK) == 0 else {
            throw ToolError(
                .unavailable, "no_store", "there is no store at \(store)", hint: "make one with mailctl store init")
        }
        var fresh = [UInt8](repeating: 0, count: length)
        guard getentropy(&fresh, fresh.count) == 0 else { throw .file(path, errno: errno) }
        // Whole before it has its name: of two processes that make one at once, both take the first.
        let draft = "\(path).\(getpid())"
        unlink(draft)
        defer { unlink(draft) }
        guard write(fresh, to: draft), link(draft, path) == 0 else { return read(path) ?? fresh }
        return fresh
    }

    private static func write(_ bytes: [UInt8], to path: String) -> Bool {
        let handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard handle >= 0 else { return false }
        defer { close(handle) }
        return Glibc.write(handle, bytes, bytes.count) == bytes.count && fsync(handle) == 0
    }

    private static func read(_ path: String) -> [UInt8]? {
        let handle = open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return nil }
        defer { close(handle) }
        var bytes = [UInt8](repeating: 0, count: length)
        return Glibc.read(handle, &bytes, length) == length ? bytes : nil
    }
}
