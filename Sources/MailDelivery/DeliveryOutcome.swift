package import MailStore

/// What became of one recipient.
package enum RecipientOutcome: Sendable, Equatable {
    case delivered
    /// Not yet, but durably in the queue.
    case queued(StoreError)
    case failed(StoreError)
}

/// What became of one message: `recipients` in the order they were given.
package struct DeliveryOutcome: Sendable, Equatable {
    package let recipients: [RecipientOutcome]

    package init(recipients: [RecipientOutcome]) { self.recipients = recipients }

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
