import Glibc

/// A moment on the clock that nobody sets back: every wait outside ends at one.
package struct Deadline: Sendable, Comparable {
    private let nanoseconds: UInt64

    package static var now: Deadline { Deadline(nanoseconds: MonotonicClock.nanoseconds) }

    package static func after(milliseconds: Int) -> Deadline { now.adding(milliseconds) }

    /// The earlier one of this and `milliseconds` from now.
    package func within(milliseconds: Int) -> Deadline { min(self, .after(milliseconds: milliseconds)) }

    package var millisecondsLeft: Int {
        let now = MonotonicClock.nanoseconds
        return now >= nanoseconds ? 0 : Int(clamping: (nanoseconds - now) / 1_000_000)
    }

    package var hasPassed: Bool { millisecondsLeft == 0 }

    package static func < (left: Deadline, right: Deadline) -> Bool { left.nanoseconds < right.nanoseconds }

    private func adding(_ milliseconds: Int) -> Deadline {
        let (sum, isTooLong) = nanoseconds.addingReportingOverflow(UInt64(clamping: milliseconds) &* 1_000_000)
        return Deadline(nanoseconds: isTooLong ? .max : sum)
    }
}

/// How long something took.
package struct Stopwatch: Sendable {
    private let start = MonotonicClock.nanoseconds

    package init() {}

    package var milliseconds: Int { Int(clamping: (MonotonicClock.nanoseconds - start) / 1_000_000) }
}

private enum MonotonicClock {
    static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec)
    }
}
