internal import Glibc

/// A frame each way over a socket: four octets of length, the highest first, then so many. Blocking, and all of it by a deadline.
final class FrameStream {
    /// More is no request of ours, and no answer.
    static let largest = 65_536
    private static let headLength = 4

    private let descriptor: Int32
    private let deadline: Int64

    init(_ descriptor: Int32, seconds: Int) {
        self.descriptor = descriptor
        deadline = Self.milliseconds() + Int64(clamping: seconds) * 1_000
    }

    deinit { close(descriptor) }

    /// nil: none came in time, or a larger one.
    func read() -> [UInt8]? {
        guard let head = read(Self.headLength) else { return nil }
        let length = head.reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.largest else { return nil }
        return read(length)
    }

    @discardableResult
    func write(_ frame: [UInt8]) -> Bool {
        guard frame.count <= Self.largest else { return false }
        let head = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: frame.count >> $0) }
        var rest = (head + frame)[...]
        while !rest.isEmpty {
            guard wait(for: POLLOUT) else { return false }
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, flags) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            guard wait(for: POLLIN) else { return nil }
            var block = [UInt8](repeating: 0, count: count - bytes.count)
            let got = recv(descriptor, &block, block.count, Int32(MSG_DONTWAIT))
            if got < 0, errno == EINTR || errno == EAGAIN { continue }
            guard got > 0 else { return nil }
            bytes += block.prefix(got)
        }
        return bytes
    }

    /// False: the time is over.
    private func wait(for event: Int32) -> Bool {
        while true {
            let left = deadline - Self.milliseconds()
            guard left > 0 else { return false }
            var entry = pollfd(fd: descriptor, events: Int16(truncatingIfNeeded: event), revents: 0)
            if poll(&entry, 1, Int32(clamping: left)) > 0 { return true }
        }
    }

    private static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
