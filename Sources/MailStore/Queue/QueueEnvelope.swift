package import MailMessage

/// Where a queued message came from: decides who signs it, and who is told what.
package enum QueueOrigin: Int64, Sendable {
    /// From outside for an account of ours.
    case outside = 0
    /// A logged-in account sent it.
    case submitted = 1
    /// A host of a trusted network sent it.
    case trusted = 2
    /// For an account of ours, which sends it on.
    case forwarded = 3
    /// This server wrote it: a bounce, a notice.
    case report = 4

    /// We vouch for it, as nobody else can.
    package var isOurs: Bool { self == .submitted || self == .trusted || self == .report }
}

/// What a message asks of everybody on its way.
package struct QueueTraits: OptionSet, Sendable, Hashable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }

    /// BODY=8BITMIME (RFC 6152)
    package static let eightBit = QueueTraits(rawValue: 1)
    /// BODY=BINARYMIME (RFC 3030)
    package static let binary = QueueTraits(rawValue: 2)
    /// SMTPUTF8 (RFC 6531)
    package static let international = QueueTraits(rawValue: 4)
    /// REQUIRETLS (RFC 8689)
    package static let requiresTLS = QueueTraits(rawValue: 8)
    /// A filter calls it spam: it goes into Junk.
    package static let junk = QueueTraits(rawValue: 16)
    /// TLS-Required: No (RFC 8689 §3): arriving matters more than what the recipient's domain announces about TLS.
    package static let tlsOptional = QueueTraits(rawValue: 32)
    /// The accounts that it waits for have sent it on already, where they do.
    package static let sentOn = QueueTraits(rawValue: 64)
    /// Of what is forwarded: it began here, so that it is signed for its author as well.
    package static let beganHere = QueueTraits(rawValue: 128)
}

/// Everything about a queued message but its recipients and its text.
package struct QueueEnvelope: Sendable, Equatable {
    /// Nil: the null sender, which never gets a bounce (RFC 5321 §4.5.5).
    package var sender: EmailAddress?
    /// What the first attempt wrote into accounts, so that a retry can recognise its message.
    package var receivedAt: EpochSeconds
    package var notices: QueueNotices
    package var origin = QueueOrigin.outside
    /// Who sent it when somebody had logged in; of what is forwarded, whose account sends it on.
    package var submitter: AccountID?
    /// The network address it came from; empty: from this server.
    package var client = ""
    /// What the 250 and the trail call the message.
    package var trailID = ""
    /// The Message-ID field, without angle brackets.
    package var messageID = ""
    package var traits: QueueTraits = []

    package init(sender: EmailAddress?, receivedAt: EpochSeconds, notices: QueueNotices = .none) {
        self.sender = sender
        self.receivedAt = receivedAt
        self.notices = notices
    }
}
