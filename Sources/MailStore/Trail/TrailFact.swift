package import MailMessage

/// What happened. Replies are the remote server's own words, with their codes.
package enum TrailFact: Sendable, Equatable {
    /// It was given a 250: from here on we answer for it.
    case accepted(TrailArrival)
    /// It was not, at the door: `reply` is what the client was told. `recipient` of the event: who was refused, empty for all.
    case refused(TrailArrival, reply: String)
    /// Into the event's account; `mailbox` is empty for INBOX.
    case delivered(mailbox: String)
    case storedInJunk(reason: String)
    /// It waits in the queue: for a domain, or with no domain for an account that could not take it.
    case queued(domain: String)
    case relayed(host: String, reply: String)
    /// No host when none could be found or reached; `until`: the next attempt.
    case deferred(host: String, reply: String, until: EpochSeconds)
    case failed(host: String, reply: String)
    /// The sender has been sent a report that it failed.
    case bounced
    /// The sender has been told that it takes longer.
    case delayNoticed
    case held(reason: String)
    case released(by: String)
    /// Taken out of the queue for good.
    case removed(by: String)
    /// Taken out of the mailboxes of the event's account.
    case withdrawn(by: String)
    case restored(by: String)
    /// Sent on by the account's own forwarding.
    case forwarded(to: String)
    /// Accepted and thrown away, as a filter wanted it.
    case discarded(reason: String)
}

/// From where a message came.
package enum TrailOrigin: Int64, Sendable, CaseIterable {
    /// Somebody else's server, on port 25.
    case outside = 0
    /// A login; the event's account says whose.
    case login = 1
    /// A host of a trusted network.
    case trustedNetwork = 2
    /// This server itself: bounces, notices.
    case system = 3
}

/// How a message arrived, or wanted to.
package struct TrailArrival: Sendable, Equatable {
    /// Empty: the null sender.
    package var sender: String
    package var origin: TrailOrigin
    /// The client's address; empty for our own.
    package var peer: String
    package var size: Int64
    /// The field as it stands in the header, with its angle brackets; empty when there is none.
    package var messageID: String
    package var recipients: Int

    package init(
        sender: String, origin: TrailOrigin, peer: String = "", size: Int64 = 0, messageID: String = "",
        recipients: Int = 0
    ) {
        self.sender = sender
        self.origin = origin
        self.peer = peer
        self.size = size
        self.messageID = messageID
        self.recipients = recipients
    }
}
