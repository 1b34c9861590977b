package import MailMessage

/// One thing that happened to a message. Never its subject, its text or a password.
package struct TrailEvent: Sendable, Equatable {
    /// What Received and the 250 call the message (`SMTPBody.id`).
    package var message: String
    package var fact: TrailFact
    /// Whom it is about; empty: the whole message.
    package var recipient: String
    /// The account it happened in, or for whom.
    package var account: AccountID?
    package var queue: QueueID?
    /// Nil: when it is noted.
    package var at: EpochSeconds?

    package init(
        _ message: String, _ fact: TrailFact, to recipient: String = "", account: AccountID? = nil,
        queue: QueueID? = nil, at: EpochSeconds? = nil
    ) {
        self.message = message
        self.fact = fact
        self.recipient = recipient
        self.account = account
        self.queue = queue
        self.at = at
    }
}
