internal import Glibc

/// An open file that closes itself. One thread at a time writes; reads name their offset.
final class FileHandle: @unchecked Sendable {
    let path: String
    private let descriptor: Int32

    private init(_ descriptor: Int32, _ path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    static func create(_ path: String) throws -> FileHandle {
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, StoreFolder.fileMode)
        guard descriptor >= 0 else { throw StoreError.system("create", path, errno: errno) }
        return FileHandle(descriptor, path)
    }

    static func openForReading(_ path: String) throws -> FileHandle {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw StoreError.system("open", path, errno: errno) }
        return FileHandle(descriptor, path)
    }

    static func openForWriting(_ path: String) throws -> FileHandle {
        let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw StoreError.system("open", path, errno: errno) }
        return FileHandle(descriptor, path)
    }

    /// False with errno set when the system refuses.
    func control(_ command: Int32, _ argument: inout flock) -> Bool { fcntl(descriptor, command, &argument) == 0 }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let chunk = UnsafeRawBufferPointer(rebasing: rest)
            let written = Glibc.write(descriptor, chunk.baseAddress, chunk.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw StoreError.system("write", path, errno: errno) }
            rest = rest.dropFirst(written)
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws {
        var done = 0
        while done < bytes.count {
            let chunk = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let written = pwrite(descriptor, chunk.baseAddress, chunk.count, off_t(offset) + off_t(done))
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw StoreError.system("write", path, errno: errno) }
            done += written
        }
    }

    func synchronise() throws {
        guard fsync(descriptor) == 0 else { throw StoreError.system("fsync", path, errno: errno) }
    }

    /// Up to `count` bytes from `offset`; fewer only at the end of the file.
    func read(at offset: Int64, count: Int) throws -> [UInt8] {
        var done = 0
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while done < count {
                let got = pread(descriptor, buffer.baseAddress?.advanced(by: done), count - done, off_t(offset) + done)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                done += got
            }
            filled = done
        }
        guard failure == 0 else { throw StoreError.system("read", path, errno: failure) }
        return bytes
    }
}
