import CGlibc
import Glibc

/// A file that is nowhere but in memory, for what one process hands to another.
package enum MemoryFile {
    package static let mostBytes = 4_194_304
    private static let closeOnExec: UInt32 = 1  // MFD_CLOEXEC

    package static func make(_ name: String, _ bytes: [UInt8] = []) throws(SystemFailure) -> Int32 {
        let made = memfd_create(name, closeOnExec)
        guard made >= 0 else { throw SystemFailure("memfd_create") }
        let descriptor = try Descriptor.raised(made)
        guard write(descriptor, bytes) else {
            let failure = SystemFailure("write")
            close(descriptor)
            throw failure
        }
        return descriptor
    }

    private static func write(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { block in
                block.baseAddress.map { pwrite(descriptor, $0 + offset, block.count - offset, off_t(offset)) } ?? 0
            }
            guard count > 0 || count < 0 && errno == EINTR else { return false }
            offset += max(0, count)
        }
        return true
    }

    /// All of it, wherever the file's position is; nil when it cannot be read or is longer than anything we write.
    package static func read(_ descriptor: Int32) -> [UInt8]? {
        var result: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while result.count <= mostBytes {
            let count = pread(descriptor, &block, block.count, off_t(result.count))
            if count == 0 { return result }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            result += block.prefix(count)
        }
        return nil
    }
}
