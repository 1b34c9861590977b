import MailShared
import MailTransport
import MailWire

/// When to tell a client that waits how far its command has come (RFC 9585 §4).
struct CommandProgress: Sendable {
    /// Seconds between two notices, and before the first.
    static let pause = 10

    let tag: String
    private let pause: UInt64
    private var toldAt: UInt64 = 0

    init(tag: String, seconds: Int = CommandProgress.pause) {
        self.tag = tag
        pause = UInt64(clamping: seconds) * 1_000_000
    }

    /// `now` counts microseconds from the beginning of the command.
    mutating func isDue(at now: UInt64) -> Bool {
        guard now >= toldAt, now - toldAt >= pause else { return false }
        toldAt = now
        return true
    }
}

/// Whoever works in batches calls `tell` between them.
struct ProgressNotes: Sendable {
    private var progress: CommandProgress
    private let watch = Stopwatch()

    init(tag: String, seconds: Int) { progress = CommandProgress(tag: tag, seconds: seconds) }

    mutating func isDue() -> Bool { progress.isDue(at: watch.microseconds) }
    var tag: String { progress.tag }
}

extension IMAPSession {
    func progressNotes(_ tag: String) -> ProgressNotes {
        ProgressNotes(tag: tag, seconds: services.settings.progressSeconds)
    }

    /// Nothing most of the time.
    func tell(_ notes: inout ProgressNotes, done: Int, of goal: Int) async throws {
        guard done < goal, notes.isDue() else { return }
        let tag = notes.tag
        send { $0.status(.ok, code: .inProgress(tag: tag, done: done, goal: goal), "Still at it") }
        try await connection.drain()
    }
}
