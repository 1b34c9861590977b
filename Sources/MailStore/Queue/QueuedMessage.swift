package import MailMessage

/// A queued message with those of its recipients whose turn it is.
package struct QueuedMessage: Sendable, Equatable {
    package let id: QueueID
    package let envelope: QueueEnvelope
    package let size: Int64
    package let expiresAt: EpochSeconds
    package var recipients: [QueuedRecipient]

    package var sender: EmailAddress? { envelope.sender }
    /// Its text is a file of its own.
    package var isLarge: Bool { size >= Int64(MessageBody.fileThreshold) }

    package init(
        id: QueueID, envelope: QueueEnvelope, size: Int64, expiresAt: EpochSeconds, recipients: [QueuedRecipient]
    ) {
        self.id = id
        self.envelope = envelope
        self.size = size
        self.expiresAt = expiresAt
        self.recipients = recipients
    }
}

/// One recipient of a queued message.
package struct QueuedRecipient: Sendable, Equatable {
    package let number: Int
    package let destination: QueueDestination
    /// As the sender wrote it. Nil for `<postmaster>`.
    package let address: EmailAddress?
    package let attempts: Int
    package let lastError: String
    /// An earlier attempt ended without a word (a crash): the message may be there already.
    package let wasInterrupted: Bool
    package let notice: QueueNotice

    package init(
        number: Int, destination: QueueDestination, address: EmailAddress?, attempts: Int, lastError: String,
        wasInterrupted: Bool, notice: QueueNotice
    ) {
        self.number = number
        self.destination = destination
        self.address = address
        self.attempts = attempts
        self.lastError = lastError
        self.wasInterrupted = wasInterrupted
        self.notice = notice
    }
}

/// What became of one recipient in one attempt.
package enum QueueOutcome: Sendable, Equatable {
    case delivered
    /// Given up; the sender is told in the same breath.
    case failed(String)
    /// Again after `RetrySchedule.delay`, but not before that time.
    case deferred(String, notBefore: EpochSeconds = 0)
    /// Nobody tries it until it is released.
    case held(String)
    /// Not tried after all: due as it was.
    case untouched
}

/// A message that enters the queue, whole.
package struct QueueSubmission: Sendable {
    package var message: StorableMessage
    package var envelope: QueueEnvelope
    package var recipients: [QueueRecipient]
    /// Not nil: nobody tries it until it is released, and this is why.
    package var hold: String?

    package init(
        _ message: StorableMessage, _ envelope: QueueEnvelope, to recipients: [QueueRecipient], hold: String? = nil
    ) {
        self.message = message
        self.envelope = envelope
        self.recipients = recipients
        self.hold = hold
    }
}

/// A destination that somebody waits for, and since when or until when. "": accounts of ours.
package struct WaitingDestination: Sendable, Equatable {
    package let name: String
    package let nextAttemptAt: EpochSeconds
}
