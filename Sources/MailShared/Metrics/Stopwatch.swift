import Glibc

/// Microseconds since it was made, by the clock that never jumps.
package struct Stopwatch: Sendable {
    private let began: UInt64

    package init() { began = Self.nanoseconds() }

    package var microseconds: UInt64 { (Self.nanoseconds() &- began) / 1_000 }

    /// The same clock in every process of this machine.
    package static func seconds() -> Int { Int(clamping: nanoseconds() / 1_000_000_000) }

    private static func nanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_nsec)
    }
}
