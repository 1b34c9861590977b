package import MailMessage

/// When a purge ran, by the clock of the wall and by the one that only ever goes on: compared with the next run's, it shows
/// whether the wall's can be believed.
package struct PurgeMark: Sendable, Equatable {
    package let wall: EpochSeconds
    /// Seconds since the machine was started, and which start that was.
    package let uptime: Int64
    package let boot: String

    package init(wall: EpochSeconds, uptime: Int64, boot: String) {
        self.wall = wall
        self.uptime = uptime
        self.boot = boot
    }

    package init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 3, let wall = Int64(parts[0]), let uptime = Int64(parts[1]) else { return nil }
        self.init(wall: wall, uptime: uptime, boot: String(parts[2]))
    }

    /// Of a moment that is now.
    package static func here(_ wall: EpochSeconds) -> PurgeMark {
        PurgeMark(wall: wall, uptime: Uptime.seconds, boot: Uptime.boot)
    }

    package var text: String { "\(wall) \(uptime) \(boot)" }
}

package enum PurgeClock: Sendable, Equatable {
    case fine
    /// Earlier than the last run, or than the store itself.
    case backwards(since: EpochSeconds)
    /// Days have gone by that nobody has seen go by.
    case jumped(since: EpochSeconds)

    /// What clocks are corrected by without anybody minding.
    static let tolerance: Int64 = 60
    static let longestLeap: Int64 = 2 * 86_400

    /// A machine that was off for days looks like a clock that jumped: then somebody has to say yes. One that was on all
    /// the time has its uptime as a witness.
    package static func judge(_ now: PurgeMark, last: PurgeMark?, madeAt: EpochSeconds) -> PurgeClock {
        let last = last ?? PurgeMark(wall: madeAt, uptime: 0, boot: "")
        if now.wall < last.wall - tolerance { return .backwards(since: last.wall) }
        guard now.wall - last.wall > longestLeap else { return .fine }
        let witnessed = now.boot == last.boot ? max(0, now.uptime - last.uptime) : 0
        return now.wall - last.wall - witnessed > longestLeap ? .jumped(since: last.wall) : .fine
    }
}
