internal import Glibc

/// Frames over a socket: four octets of length, the highest first, then so many. Blocking, each by a deadline.
final class FrameStream: @unchecked Sendable {  // one thread has it at a time
    /// More is no request of ours, and no answer.
    static let largest = 65_536
    private static let headLength = 4

    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// A moment on the clock that nobody sets back.
    static func deadline(seconds: Int) -> Int64 { milliseconds() + Int64(clamping: seconds) * 1_000 }

    /// nil: none came in time, or a larger one.
    func read(by deadline: Int64) -> [UInt8]? {
        guard let head = read(Self.headLength, by: deadline) else { return nil }
        let length = head.reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.largest else { return nil }
        return read(length, by: deadline)
    }

    @discardableResult
    func write(_ frame: [UInt8], by deadline: Int64) -> Bool {
        guard frame.count <= Self.largest else { return false }
        let head = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: frame.count >> $0) }
        var rest = (head + frame)[...]
        while !rest.isEmpty {
            guard wait(for: POLLOUT, until: deadline) else { return false }
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, flags) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private func read(_ count: Int, by deadline: Int64) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            guard wait(for: POLLIN, until: deadline) else { return nil }
            var block = [UInt8](repeating: 0, count: count - bytes.count)
            let got = recv(descriptor, &block, block.count, Int32(MSG_DONTWAIT))
            if got < 0, errno == EINTR || errno == EAGAIN { continue }
            guard got > 0 else { return nil }
            bytes += block.prefix(got)
        }
        return bytes
    }

    /// False: the time is over.
    private func wait(for event: Int32, until deadline: Int64) -> Bool {
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
