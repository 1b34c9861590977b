import Glibc

/// `STORE/run/control.sock`, by a path through an open folder: 108 bytes are enough however deep the store lies.
struct ControlName: ~Copyable {
    static let name = "control.sock"
    /// O_PATH, which Glibc's module does not show.
    private static let pathOnly: Int32 = 0o10000000

    private let folder: Int32

    init(store: String) throws(SystemFailure) {
        folder = open(store + "/run", Self.pathOnly | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw SystemFailure("open \(store)/run") }
    }

    deinit { close(folder) }

    func withAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array("/proc/self/fd/\(folder)/\(Self.name)".utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    func remove() { unlinkat(folder, Self.name, 0) }

    /// The file's number: another server may have put its own there.
    var inode: UInt? {
        var status = stat()
        return fstatat(folder, Self.name, &status, 0) == 0 ? UInt(status.st_ino) : nil
    }
}
