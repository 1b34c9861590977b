import Glibc
package import MailMessage
internal import MailStore

/// One of each tool at a time. The kernel takes the lock away with its process, however that ends; what the file says is
/// only for the message to the next one.
package final class ToolLock {
    package struct Busy: Error, Sendable, Equatable {
        package let pid: Int32?
        package let since: EpochSeconds?
    }

    /// While it waited.
    package struct Stopped: Error, Sendable {}

    static let pause: useconds_t = 50_000
    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }

    /// Waits for at most `seconds`; `isStopped` ends the wait early.
    package static func take(
        _ tool: String, in store: String, waiting seconds: Int64, isStopped: () -> Bool = { false }
    ) throws -> ToolLock {
        let folder = store + "/lock"
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw AdminError.file(path: folder, code: errno) }
        let path = "\(folder)/\(tool)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw AdminError.file(path: path, code: errno) }
        let lock = ToolLock(descriptor: descriptor)
        let end = ContinuousClock.now + .seconds(seconds)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw AdminError.file(path: path, code: errno) }
            guard !isStopped() else { throw Stopped() }
            guard ContinuousClock.now < end else { throw busy(path) }
            usleep(pause)
        }
        lock.sign()
        return lock
    }

    private func sign() {
        let text = "\(getpid()) \(MailStore.now())\n"
        ftruncate(descriptor, 0)
        _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    private static func busy(_ path: String) -> Busy {
        let bytes = (try? FileSystem.bytes(of: path)) ?? []
        let parts = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\n" }
        return Busy(pid: parts.first.flatMap { Int32($0) }, since: parts.dropFirst().first.flatMap { Int64($0) })
    }
}
