internal import Glibc

/// Keeps every process out of a database while its file is exchanged.
///
/// A write lock on the bytes of which each of SQLite's connections holds a read lock as long as it is open in WAL mode
/// (sqlite.org/c3ref, `SHARED_FIRST` in os.h). It belongs to the open file, so that closing another one does not drop it.
struct RepairLock {
    static let firstByte: off_t = 0x4000_0002
    static let length: off_t = 510
    /// F_OFD_SETLK, which Glibc's module does not show.
    private static let setOpenFileLock: Int32 = 37
    /// Longer than a database stays open that nobody uses.
    static let attempts = 150
    static let pause: UInt32 = 100_000

    private let file: FileHandle

    /// Nil when there is no file to lock. Throws `busy` when it stays in use.
    init?(_ path: String, attempts: Int = Self.attempts) throws {
        guard StoreFolder.exists(path) else { return nil }
        file = try FileHandle.openForWriting(path)
        for attempt in 1... {
            var range = flock()
            range.l_type = Int16(F_WRLCK)
            range.l_whence = Int16(SEEK_SET)
            (range.l_start, range.l_len) = (Self.firstByte, Self.length)
            if file.control(Self.setOpenFileLock, &range) { return }
            guard errno == EAGAIN || errno == EACCES || errno == EINTR else {
                throw StoreError.system("lock", path, errno: errno)
            }
            guard attempt < attempts else { throw StoreError.busy }
            usleep(Self.pause)
        }
    }
}
