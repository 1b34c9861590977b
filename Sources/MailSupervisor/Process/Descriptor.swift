import Glibc

/// The supervisor's own descriptors stand above the numbers at which a worker finds its own, so that no `dup2` of a spawn
/// lands on what a later one copies.
package enum Descriptor {
    static let floor: Int32 = 128

    /// The same open file at a high number, closed on exec. The old number is closed.
    package static func raised(_ descriptor: Int32) throws(SystemFailure) -> Int32 {
        defer { close(descriptor) }
        let high = fcntl(descriptor, F_DUPFD_CLOEXEC, floor)
        guard high >= 0 else { throw SystemFailure("fcntl") }
        return high
    }

    /// Another number for the same open file; the old one stays.
    package static func copy(_ descriptor: Int32) throws(SystemFailure) -> Int32 {
        let high = fcntl(descriptor, F_DUPFD_CLOEXEC, floor)
        guard high >= 0 else { throw SystemFailure("fcntl") }
        return high
    }

    /// Whether the program that this process becomes by execve finds it open.
    static func setKeptOnExec(_ descriptor: Int32, _ isKept: Bool) {
        _ = fcntl(descriptor, F_SETFD, isKept ? 0 : FD_CLOEXEC)
    }

    static func isOpen(_ descriptor: Int32) -> Bool { fcntl(descriptor, F_GETFD) >= 0 }

    static func setNonBlocking(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
}
