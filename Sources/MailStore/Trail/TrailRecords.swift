package import MailMessage

/// One line of a message's story.
package struct TrailStep: Sendable, Equatable {
    package let at: EpochSeconds
    package let fact: TrailFact
    package let recipient: String
    package let account: AccountID?
    package let queue: QueueID?

    package init(
        at: EpochSeconds, fact: TrailFact, recipient: String = "", account: AccountID? = nil, queue: QueueID? = nil
    ) {
        self.at = at
        self.fact = fact
        self.recipient = recipient
        self.account = account
        self.queue = queue
    }
}

/// What is known of one message, the oldest step first.
package struct TrailStory: Sendable, Equatable {
    package let id: String
    /// How it came; nil when nothing says so: an event was lost, or is still on its way to the disk.
    package let arrival: TrailArrival?
    /// Whose login it was.
    package let account: AccountID?
    package let at: EpochSeconds
    package let steps: [TrailStep]

    package init(id: String, arrival: TrailArrival?, account: AccountID?, at: EpochSeconds, steps: [TrailStep]) {
        self.id = id
        self.arrival = arrival
        self.account = account
        self.at = at
        self.steps = steps
    }
}

/// Which messages; what is nil admits all.
package struct TrailFilter: Sendable, Equatable {
    /// An address, or `@domain`; empty: the null sender.
    package var sender: String?
    package var recipient: String?
    package var messageID: String?
    /// A trail id, or the number of a queued message.
    package var id: String?
    package var since: EpochSeconds?
    /// Before then.
    package var until: EpochSeconds?
    /// Only what this account sent or got.
    package var account: AccountID?

    package init() {}
}

/// Messages, the newest first, and where to go on.
package struct TrailPage: Sendable, Equatable {
    package let stories: [TrailStory]
    /// Nil: that was all.
    package let next: TrailPlace?
}

/// A place in the order of messages by time.
package struct TrailPlace: Sendable, Equatable {
    package let at: EpochSeconds
    package let id: String

    package static let end = TrailPlace(at: .max, id: "")

    package init(at: EpochSeconds, id: String) {
        self.at = at
        self.id = id
    }
}
