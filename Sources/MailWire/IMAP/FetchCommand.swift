package import MailMessage

/// FETCH and UID FETCH (RFC 9051 §6.4.5, RFC 7162 §3.1.4.1).
package struct FetchCommand: Sendable, Equatable {
    package let uid: Bool
    package let set: SequenceSet
    /// Macros are already spelled out; in the client's order, without repetitions.
    package let items: [FetchItem]
    package var changedSince: ModSeq?
    /// Also what has gone since then (RFC 7162 §3.2.6).
    package var vanished = false
    /// Of UID FETCH (RFC 9394 §3.3).
    package var partial: PartialRange?
}

package enum FetchItem: Sendable, Hashable {
    case envelope
    case flags
    case internalDate
    case saveDate  // RFC 8514
    case size  // RFC822.SIZE
    case uid
    case modSeq
    case body  // BODY without brackets: the structure in its short form
    case bodyStructure
    /// RFC 8970; lazy: only when it costs nothing.
    case preview(lazy: Bool)
    // RFC 8474 §5
    case emailID
    case threadID
    case section(BodySection)
    case rfc822
    case rfc822Header
    case rfc822Text
    case binary(BinarySection)
    case binarySize([Int])

    /// Reading this sets \Seen (RFC 9051 §6.4.5).
    package var marksSeen: Bool {
        switch self {
        case .section(let section): !section.peek
        case .binary(let section): !section.peek
        case .rfc822, .rfc822Text: true
        default: false
        }
    }
}

/// `BODY[1.2.HEADER.FIELDS (From)]<0.100>`.
package struct BodySection: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        case all
        case header
        case headerFields([[UInt8]])
        case headerFieldsNot([[UInt8]])
        case text
        case mime
    }

    package let path: [Int]
    package let content: Content
    package let partial: Partial?
    package let peek: Bool

    package init(path: [Int] = [], content: Content = .all, partial: Partial? = nil, peek: Bool = false) {
        self.path = path
        self.content = content
        self.partial = partial
        self.peek = peek
    }
}

/// `BINARY[1.2]<0.100>`: the decoded part (RFC 9051 §6.4.5).
package struct BinarySection: Sendable, Hashable {
    package let path: [Int]
    package let partial: Partial?
    package let peek: Bool

    package init(path: [Int], partial: Partial? = nil, peek: Bool = false) {
        self.path = path
        self.partial = partial
        self.peek = peek
    }
}

/// `<offset.count>` with a count of at least one.
package struct Partial: Sendable, Hashable {
    package let offset: UInt64
    package let count: UInt64

    package init(offset: UInt64, count: UInt64) {
        self.offset = offset
        self.count = count
    }

    /// What of `size` bytes is wanted; empty past the end.
    package func range(of size: Int) -> Range<Int> {
        let start = Int(exactly: offset).map { Swift.min($0, size) } ?? size
        let length = Int(exactly: count).map { Swift.min($0, size - start) } ?? (size - start)
        return start..<(start + length)
    }
}
