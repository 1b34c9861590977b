internal import Glibc
internal import Synchronization

/// How long one command may keep the store busy, over all its reads and writes together; waiting for its turn costs nothing.
package final class TimeBudget: Sendable {
    private let left: Atomic<Int64>

    package init(seconds: Int) { left = Atomic(Int64(min(max(0, seconds), Self.mostSeconds)) * Self.second) }

    package init(milliseconds: Int) { left = Atomic(Int64(min(max(0, milliseconds), Self.mostSeconds)) * 1_000_000) }

    /// The moment at which it is used up, if the work begins now.
    func deadline(from now: Int64) -> Int64 { now + max(0, left.load(ordering: .relaxed)) }

    var isSpent: Bool { left.load(ordering: .relaxed) <= 0 }

    func spend(_ nanoseconds: Int64) { left.wrappingSubtract(max(0, nanoseconds), ordering: .relaxed) }

    private static let second: Int64 = 1_000_000_000
    private static let mostSeconds = 1_000_000

    /// Nanoseconds of a clock that nobody sets.
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * second + Int64(time.tv_nsec)
    }
}
