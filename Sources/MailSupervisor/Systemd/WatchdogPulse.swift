import Glibc

/// When systemd's watchdog wants to hear from us (sd_watchdog_enabled(3)): twice in its time, and only while all is well.
///
/// The supervisor asks once in every turn of its loop. A loop that stands still asks no more, and systemd starts us again.
package struct WatchdogPulse: Sendable, Equatable {
    /// Between two signs of life; nil: nobody is waiting for one.
    package let interval: Duration?
    private var last: Duration?

    package init(microseconds: String?, process: String?, own: Int32) {
        let isOurs = process.map { Int32($0) == own } ?? true
        let time = microseconds.flatMap { Int64($0) } ?? 0
        interval = isOurs && time > 0 ? .microseconds(time / 2) : nil
    }

    package static func fromEnvironment() -> WatchdogPulse {
        WatchdogPulse(
            microseconds: getenv("WATCHDOG_USEC").map { String(cString: $0) },
            process: getenv("WATCHDOG_PID").map { String(cString: $0) }, own: getpid())
    }

    /// True when a sign of life is due, and then not again for one interval. `isWell`: each role has a live worker.
    package mutating func isDue(now: Duration, isWell: Bool) -> Bool {
        guard let interval, isWell else { return false }
        if let last, now - last < interval { return false }
        last = now
        return true
    }

    /// How often the loop must ask: one that asks just before the time is due asks again well before the watchdog's patience ends.
    package var turn: Duration? { interval.map { $0 / 2 } }
}
