internal import Glibc
internal import Synchronization

/// How much room the store's file system must keep free, so that deleting still works when mail does not fit any more.
package enum DiskFloor: Sendable, Equatable {
    /// No floor.
    case none
    case bytes(Int64)
    /// So many bytes, but of a small file system only this part: `bytes(500 MB)` of a disk of 1 GB would be half of it.
    case bytesOrPart(Int64, oneOf: Int64)

    package static let standard = DiskFloor.bytesOrPart(500_000_000, oneOf: 20)

    /// Nil when there is none.
    package var bytes: Int64? {
        switch self {
        case .none: nil
        case .bytes(let floor), .bytesOrPart(let floor, _): floor
        }
    }

    func isBelow(free: Int64, of total: Int64) -> Bool {
        switch self {
        case .none: false
        case .bytes(let floor): free < floor
        case .bytesOrPart(let floor, let part): free < min(floor, total / max(1, part))
        }
    }
}

/// Looks at the free space, once a second at most: asking is one system call, and everybody asks.
final class DiskSpace: Sendable {
    static let interval = Duration.seconds(1)

    private let path: String
    private let floor: DiskFloor
    private let last = Mutex((at: ContinuousClock.Instant?.none, isLow: false))

    init(_ path: String, floor: DiskFloor) {
        self.path = path
        self.floor = floor
    }

    var isLow: Bool {
        guard floor != .none else { return false }
        return last.withLock { last in
            let now = ContinuousClock.now
            if let at = last.at, now - at < Self.interval { return last.isLow }
            // What cannot be asked is not full: the write will say.
            last = (now, Self.free(path).map { floor.isBelow(free: $0.free, of: $0.total) } ?? false)
            return last.isLow
        }
    }

    /// What somebody without root's reserve may still write.
    static func free(_ path: String) -> (free: Int64, total: Int64)? {
        var space = statvfs()
        guard statvfs(path, &space) == 0 else { return nil }
        func bytes(_ blocks: UInt) -> Int64 {
            let (product, overflow) = UInt64(blocks).multipliedReportingOverflow(by: UInt64(space.f_frsize))
            return overflow ? .max : Int64(clamping: product)
        }
        return (bytes(space.f_bavail), bytes(space.f_blocks))
    }
}
