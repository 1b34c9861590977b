import MailShared
import MailTransport
import MailWire

/// How far a command is, and when its client is to be told (RFC 9585 §4).
struct CommandProgress: Sendable {
    /// Seconds between two notices, and before the first.
    static let pause = 10

    let tag: String
    private let pause: UInt64
    private var toldAt: UInt64 = 0
    private var known: (done: Int, goal: Int)?

    init(tag: String, seconds: Int = CommandProgress.pause) {
        self.tag = tag
        pause = UInt64(clamping: seconds) * 1_000_000
    }

    mutating func note(_ done: Int, of goal: Int) { known = done < goal ? (max(0, done), goal) : nil }

    /// `now` counts microseconds from the beginning of the command.
    mutating func isDue(at now: UInt64) -> Bool {
        guard now >= toldAt, now - toldAt >= pause else { return false }
        toldAt = now
        return true
    }

    /// Without figures where nobody knows them: one transaction does it all.
    var code: ResponseCode { .inProgress(tag: tag, done: known?.done, goal: known?.goal) }
}

/// The command that runs now.
struct RunningCommand {
    var progress: CommandProgress
    let watch = Stopwatch()
    let reminder: Reminder?
}

/// Whoever works in batches says how far it is; whatever else takes long is told of by the clock. Nothing may be written
/// piece by piece meanwhile: a notice would stand in the middle of it.
extension IMAPSession {
    func beginProgress(_ tag: String) {
        endProgress()
        let seconds = services.settings.progressSeconds
        let reminder = seconds > 0 ? connection.remind(every: seconds) { self.remind() } : nil
        running = RunningCommand(progress: CommandProgress(tag: tag, seconds: seconds), reminder: reminder)
    }

    func endProgress() {
        running?.reminder?.end()
        running = nil
    }

    /// Between two batches.
    func progressed(to done: Int, of goal: Int) async throws {
        running?.progress.note(done, of: goal)
        guard done < goal, tellProgress() else { return }
        try await connection.drain()
    }

    private func remind() {
        if tellProgress() { connection.flush() }
    }

    private func tellProgress() -> Bool {
        guard let watch = running?.watch, running?.progress.isDue(at: watch.microseconds) == true,
            let code = running?.progress.code
        else { return false }
        send { $0.status(.ok, code: code, "Still at it") }
        return true
    }
}
