import MailMessage
import MailStore
import MailWire

/// Which messages to fetch together: a client that reads in order gets the next ones in the same hop to the store. Pure.
struct BodyPrefetch {
    /// Held in memory at one time.
    static let budget: Int64 = 131_072
    static let mostMessages = 64

    private var bodies: [UID: MessageBody] = [:]
    /// The last message fetched: who asks for the one behind it reads in order.
    private var lastIndex: Int?

    /// The body if it is there; it is given out once.
    mutating func take(_ uid: UID) -> MessageBody? { bodies.removeValue(forKey: uid) }

    /// What to fetch for this message: alone, or with those that follow when the client reads in order.
    func plan(_ number: POP3MessageNumber, in maildrop: Maildrop) -> UIDSet {
        guard let first = maildrop[number] else { return UIDSet() }
        guard number.index == 0 || lastIndex.map({ $0 < number.index }) ?? false else { return [first.uid] }
        var set: UIDSet = [first.uid]
        var bytes = first.size
        for entry in maildrop.entries.dropFirst(number.value).prefix(Self.mostMessages) where !entry.isDeleted {
            bytes &+= entry.size
            guard bytes <= Self.budget else { break }
            set.insert(entry.uid)
        }
        return set
    }

    /// Replaces what was there before.
    mutating func fill(_ fetched: [UID: MessageBody], after number: POP3MessageNumber) {
        bodies = fetched
        lastIndex = number.index
    }
}
