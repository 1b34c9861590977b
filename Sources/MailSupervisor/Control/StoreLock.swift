import Glibc

/// One supervisor for one store. The kernel lets go of it when the process ends, however it ends.
package struct StoreLock: Sendable {
    package enum Failure: Error, Sendable, Equatable {
        case held(pid: Int32?)
        case system(SystemFailure)
    }

    package let descriptor: Int32

    package init(descriptor: Int32) { self.descriptor = descriptor }

    private static func path(in store: String) -> String { store + "/run/supervisor.lock" }

    package static func take(in store: String) throws(Failure) -> StoreLock {
        let low = open(path(in: store), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard low >= 0 else { throw .system(SystemFailure("open " + path(in: store))) }
        let descriptor: Int32
        do { descriptor = try Descriptor.raised(low) } catch { throw .system(error) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let pid = holder(descriptor)
            close(descriptor)
            throw .held(pid: pid)
        }
        let text = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
        return StoreLock(descriptor: descriptor)
    }

    /// Asked before ports are waited for: is there anybody?
    package static func check(_ store: String) throws(Failure) {
        let descriptor = open(path(in: store), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_SH | LOCK_NB) != 0 { throw .held(pid: holder(descriptor)) }
    }

    private static func holder(_ descriptor: Int32) -> Int32? {
        var text = [UInt8](repeating: 0, count: 16)
        let count = max(0, pread(descriptor, &text, text.count, 0))
        return Int32(String(decoding: text.prefix(count).prefix { $0 != 0x0a }, as: UTF8.self))
    }

    package func release() { close(descriptor) }
}
