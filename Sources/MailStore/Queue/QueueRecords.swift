package import MailMessage

/// One message waiting in the queue. Never reused.
package struct QueueID: Hashable, Sendable, CustomStringConvertible {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
    package var description: String { String(value) }
}

extension QueueID: SQLNumber { package var sqlValue: Int64 { value } }

/// Where one copy of a queued message has to go.
package enum QueueDestination: Hashable, Sendable {
    case account(AccountID)
    /// Elsewhere: kept for the day sending exists, never due until then.
    case remote(EmailAddress)

    var account: AccountID? { if case .account(let id) = self { id } else { nil } }
    var domain: String? { if case .remote(let address) = self { address.domainKey } else { nil } }
}

/// What the sender of a message asked to be told with (RFC 3461 §4.3, §4.4), as it came; empty: nothing.
package struct QueueNotices: Sendable, Equatable {
    package static let none = QueueNotices()
    /// ENVID, in xtext.
    package var envelopeID: String
    /// RET: `FULL` or `HDRS`.
    package var returnPart: String

    package init(envelopeID: String = "", returnPart: String = "") {
        self.envelopeID = envelopeID
        self.returnPart = returnPart
    }
}

/// What the sender asked about one recipient (RFC 3461 §4.1, §4.2); empty: nothing.
package struct QueueNotice: Sendable, Equatable {
    package static let none = QueueNotice()
    /// NOTIFY: `NEVER`, or `SUCCESS`, `FAILURE`, `DELAY` with commas between.
    package var notify: String
    /// ORCPT: `rfc822;xtext`.
    package var original: String

    package init(notify: String = "", original: String = "") {
        self.notify = notify
        self.original = original
    }

    /// RFC 3461 §4.1: who says nothing wants to hear of failures.
    package var wantsFailures: Bool { notify.isEmpty || notify.split(separator: ",").contains("FAILURE") }
}

/// One recipient as it enters the queue, after its first attempt.
package struct QueueRecipient: Sendable, Equatable {
    package let destination: QueueDestination
    /// As the sender wrote it: bounces name this one. Nil for `<postmaster>`.
    package let address: EmailAddress?
    /// Why it could not be delivered at once.
    package let error: String
    package let notice: QueueNotice

    package init(
        destination: QueueDestination, address: EmailAddress?, error: String = "", notice: QueueNotice = .none
    ) {
        self.destination = destination
        self.address = address
        self.error = error
        self.notice = notice
    }
}

/// One recipient of ours that waits in the queue.
package struct DueRecipient: Sendable, Equatable {
    package let entry: QueueID
    package let number: Int
    package let account: AccountID
    package let address: EmailAddress?
    /// Nil = the null sender, which never gets a bounce (RFC 5321 §4.5.5).
    package let sender: EmailAddress?
    package let attempts: Int
    package let lastError: String
    package let size: Int64
    package let receivedAt: EpochSeconds
    package let expiresAt: EpochSeconds
    /// An earlier attempt ended without a word (a crash): the message may be there already.
    package let wasInterrupted: Bool
    package let notices: QueueNotices
    package let notice: QueueNotice
}

/// What the queue holds, for `mailctl` and for tests.
package struct QueueSummary: Sendable, Equatable {
    package let entries: Int
    package let waiting: Int
    package let nextAttemptAt: EpochSeconds?

    package init(entries: Int, waiting: Int, nextAttemptAt: EpochSeconds?) {
        self.entries = entries
        self.waiting = waiting
        self.nextAttemptAt = nextAttemptAt
    }
}
