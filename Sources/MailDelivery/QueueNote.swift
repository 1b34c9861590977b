package import MailStore

/// What happens in the queue, for the log and the metrics.
package enum QueueNote: Sendable, Equatable {
    case delivered(QueueID, AccountID, attempts: Int)
    /// The account sends it on: what comes of that are new entries.
    case sentOn(QueueID, AccountID)
    case deferred(QueueID, AccountID, reason: String)
    /// Given up; the sender has been told where there is one.
    case failed(QueueID, AccountID, reason: String)
    /// A bounce could not be made yet: the recipient waits on.
    case noBounce(QueueID, AccountID, reason: String)
    /// The queue itself cannot be read or written.
    case trouble(String)
}
