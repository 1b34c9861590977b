/// A message's unique identifier inside one mailbox and one UIDVALIDITY (RFC 9051 §2.3.1.1). Never zero.
package struct UID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let value: UInt32

    package init?(_ value: UInt32) {
        guard value > 0 else { return nil }
        self.value = value
    }

    /// From a database column or any wider number; nil outside 1...4294967295.
    package init?(exactly value: some BinaryInteger) {
        guard let narrow = UInt32(exactly: value) else { return nil }
        self.init(narrow)
    }

    package static let first = UID(unchecked: 1)
    package static let last = UID(unchecked: .max)
    private init(unchecked value: UInt32) { self.value = value }

    /// The next identifier, or nil when the mailbox has used them all.
    package var successor: UID? { UID(value &+ 1) }
    package var predecessor: UID? { UID(value &- 1) }
    package static func < (left: UID, right: UID) -> Bool { left.value < right.value }
    package var description: String { String(value) }
}

/// A message's place in one session's view of one mailbox (RFC 9051 §2.3.1.2). Starts at 1; changes with every EXPUNGE.
package struct SequenceNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let value: UInt32

    package init?(_ value: UInt32) {
        guard value > 0 else { return nil }
        self.value = value
    }

    package init?(exactly value: some BinaryInteger) {
        guard let narrow = UInt32(exactly: value) else { return nil }
        self.init(narrow)
    }

    package static func < (left: SequenceNumber, right: SequenceNumber) -> Bool { left.value < right.value }
    package var description: String { String(value) }
}

/// The account's clock: every write transaction moves it by one. IMAP's mod-sequence (RFC 7162 §3), 63 bits.
package struct ModSeq: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let value: Int64

    package init?(_ value: Int64) {
        guard value >= 0 else { return nil }
        self.value = value
    }

    package static let zero = ModSeq(unchecked: 0)
    private init(unchecked value: Int64) { self.value = value }
    package static func < (left: ModSeq, right: ModSeq) -> Bool { left.value < right.value }
    package var description: String { String(value) }
}

/// Seconds since 1970-01-01T00:00:00Z. Clocks are injected as `@Sendable () -> EpochSeconds`.
package typealias EpochSeconds = Int64
