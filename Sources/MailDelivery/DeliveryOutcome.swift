package import MailStore

/// What became of one recipient.
package enum RecipientOutcome: Sendable, Equatable {
    case delivered
    /// Not yet, but durably in the queue.
    case queued(StoreError)
    /// Durably in the queue for another host.
    case leaving
    /// Durably in the queue, until an operator releases it.
    case held
    case failed(StoreError)
}

/// What became of one message: `recipients` in the order they were given, those elsewhere last.
package struct DeliveryOutcome: Sendable, Equatable {
    package let recipients: [RecipientOutcome]
    /// Its entry in the queue, the first of several; nil when all of it was delivered at once.
    package let queue: QueueID?
    /// The recipients here, each with the accounts that keep the message: not always those that the address named.
    package let reached: [RecipientTarget]
    package let forwards: [ForwardedCopy]

    package init(
        recipients: [RecipientOutcome], queue: QueueID? = nil, reached: [RecipientTarget] = [],
        forwards: [ForwardedCopy] = []
    ) {
        self.recipients = recipients
        self.queue = queue
        self.reached = reached
        self.forwards = forwards
    }

    /// True when every recipient is delivered or queued: the message is our responsibility now, the answer is 250.
    package var isAccepted: Bool { !recipients.isEmpty && failure == nil }

    /// The cause to answer with: one that may pass, when there is any, else the first. Nil when nothing failed.
    package var failure: StoreError? {
        let causes = recipients.compactMap { if case .failed(let error) = $0 { error } else { nil } }
        return causes.first { !$0.isPermanentForDelivery } ?? causes.first
    }
}

extension StoreError {
    /// True when the same message to the same account cannot succeed later.
    package var isPermanentForDelivery: Bool {
        switch self {
        case .overQuota(.tooLargeForAccount), .noSuchAccount: true
        default: false
        }
    }
}
