package import MailMessage

/// What the queue holds, for `mailctl` and for tests.
package struct QueueSummary: Sendable, Equatable {
    package let entries: Int
    package let waiting: Int
    package let held: Int
    package let nextAttemptAt: EpochSeconds?

    package init(entries: Int, waiting: Int, held: Int = 0, nextAttemptAt: EpochSeconds?) {
        self.entries = entries
        self.waiting = waiting
        self.held = held
        self.nextAttemptAt = nextAttemptAt
    }
}
