import MailMessage
import MailWire

/// From what a client wrote to UIDs of the view: ranges all the way, never the numbers between them.
extension IMAPSession {
    /// The messages a set means. Sequence numbers beyond the end are an error (RFC 9051 §9, `seq-number`), UIDs that
    /// do not exist are not (§6.4.9).
    func resolve(_ set: SequenceSet, uid: Bool, in mailbox: SelectedMailbox) throws -> UIDSet {
        switch set {
        case .saved: return mailbox.view.uids.intersection(mailbox.saved)
        case .ranges(let ranges): return uid ? mailbox.view.resolveUIDs(ranges) : try numbers(ranges, mailbox)
        }
    }

    private func numbers(_ ranges: [SequenceSet.Range], _ mailbox: SelectedMailbox) throws -> UIDSet {
        guard let found = mailbox.view.resolveNumbers(ranges) else {
            throw IMAPFailure.bad("There is no message of that number")
        }
        return found
    }
}

extension MailboxView {
    /// `*` is the highest UID there is; in an empty mailbox nothing is meant, and what is newer than the view never is.
    func resolveUIDs(_ ranges: [SequenceSet.Range]) -> UIDSet {
        let largest = uids.last?.value ?? 0
        let wanted = ranges.compactMap { range -> ClosedRange<UID>? in
            let (low, high) = range.ordered(largest: largest)
            guard let first = UID(max(low, 1)), let last = UID(min(high, largest)), first <= last else { return nil }
            return first...last
        }
        return UIDSet(ranges: wanted)
    }

    /// Nil when a number is greater than the number of messages. `1:*` of an empty mailbox means nothing and is allowed.
    func resolveNumbers(_ ranges: [SequenceSet.Range]) -> UIDSet? {
        let largest = UInt32(clamping: count)
        var result: [ClosedRange<UID>] = []
        for range in ranges {
            if largest == 0, range.mentionsLargest { continue }
            let (low, high) = range.ordered(largest: largest)
            guard high <= largest, let first = SequenceNumber(low), let last = SequenceNumber(high) else { return nil }
            if let hull = uids.hull(of: first...last) { result.append(hull) }
        }
        return UIDSet(ranges: result)
    }

    /// The same for SEARCH, where a number without a message matches nothing.
    func resolveExistingNumbers(_ ranges: [SequenceSet.Range]) -> UIDSet {
        let largest = UInt32(clamping: count)
        var pieces: [ClosedRange<UID>] = []
        for range in ranges {
            let (low, high) = range.ordered(largest: largest)
            guard let first = SequenceNumber(low), let last = SequenceNumber(min(high, largest)), first <= last else {
                continue
            }
            if let hull = uids.hull(of: first...last) { pieces.append(hull) }
        }
        return UIDSet(ranges: pieces)
    }
}

extension SequenceSet.Range {
    var mentionsLargest: Bool { first == .largest || second == .largest }

    func ordered(largest: UInt32) -> (low: UInt32, high: UInt32) {
        let (one, other) = (first.value(largest: largest), second.value(largest: largest))
        return (min(one, other), max(one, other))
    }
}

extension SequenceSet.Bound {
    func value(largest: UInt32) -> UInt32 {
        switch self {
        case .number(let number): number
        case .largest: largest
        }
    }
}
