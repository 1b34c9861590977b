package import MailMessage
package import MailStore

/// One thing that happened to one message, as people read it.
package struct TraceLine: Sendable, Equatable {
    /// What Received and the 250 call the message.
    package let message: String
    package let at: EpochSeconds
    package let event: TraceEvent
    /// Nil where it is nobody's business, or not known.
    package let sender: String?
    package let recipient: String?
    package let queue: QueueID?
    package let messageID: String?
    package let size: Int64?
    /// The server that was talked with.
    package let host: String?
    /// What it said, or why.
    package let detail: String?
    package let nextAttemptAt: EpochSeconds?
    package let words: String
}

/// The word for machines.
package enum TraceEvent: String, Sendable, CaseIterable {
    case accepted, refused, delivered, junk, queued, relayed, deferred, failed, bounced, delayed, held, released,
        removed
    case withdrawn, restored, forwarded, discarded
}

extension TraceEvent {
    init(_ fact: TrailFact) {
        self =
            switch fact {
            case .accepted: .accepted
            case .refused: .refused
            case .delivered: .delivered
            case .storedInJunk: .junk
            case .queued: .queued
            case .relayed: .relayed
            case .deferred: .deferred
            case .failed: .failed
            case .bounced: .bounced
            case .delayNoticed: .delayed
            case .held: .held
            case .released: .released
            case .removed: .removed
            case .withdrawn: .withdrawn
            case .restored: .restored
            case .forwarded: .forwarded
            case .discarded: .discarded
            }
    }
}
