import MailMessage
import MailStore

/// What threading looks at (RFC 5256 §3), message by message in mailbox order: numbers only, some forty bytes each.
struct ThreadMaterial: Sendable {
    struct Message: Sendable, Equatable {
        let sent: EpochSeconds
        let received: EpochSeconds
        /// Digest of the base subject, folded; 0 where nothing is left of it.
        let subject: UInt64
        let isReplyOrForward: Bool
    }

    private(set) var uids: [UInt32] = []
    private(set) var messages: [Message] = []
    /// Of all messages in a row: each one's own digest, or 0, and then its references.
    private var digests: [UInt64] = []
    private var ends: [Int] = [0]

    var count: Int { messages.count }

    mutating func add(_ uid: UID, _ message: Message, _ links: [UInt64]) {
        uids.append(uid.value)
        messages.append(message)
        digests.append(contentsOf: links)
        ends.append(digests.count)
    }

    /// `found` is for messages whose row does not have the digests yet.
    mutating func add(_ row: OrderedRow, found: ReferenceDigests?) {
        uids.append(row.uid.value)
        messages.append(Message(row))
        if let found {
            found.each { digests.append($0) }
        } else if let stored = row.references {
            ReferenceDigests.each(in: stored) { digests.append($0) }
        }
        ends.append(digests.count)
    }

    /// 0 when the message has no identifier that could be read.
    func own(_ place: Int) -> UInt64 { ends[place] < ends[place + 1] ? digests[ends[place]] : 0 }

    func references(_ place: Int) -> ArraySlice<UInt64> {
        ends[place] < ends[place + 1] ? digests[ends[place] + 1..<ends[place + 1]] : []
    }
}

extension ThreadMaterial.Message {
    init(_ row: OrderedRow) {
        let subject = BaseSubject(EnvelopeText(row.envelope).string(.subject) ?? [])
        let folded = CaseFolding.fold(utf8: subject.text)
        self.init(
            sent: row.sentOrReceived, received: row.receivedAt,
            subject: folded.isEmpty ? 0 : ReferenceDigests.digest(folded),
            isReplyOrForward: subject.isReplyOrForward)
    }
}
