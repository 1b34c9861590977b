package import MailMessage

/// From what the client wrote to what exists. `$` is the session's to resolve and has no numbers here.
extension SequenceSet {
    /// UIDs, with `*` as the last one of the mailbox (RFC 9051: `5:*` always has it, even when 5 is beyond).
    /// Nil for `$`; with an empty mailbox ranges with `*` vanish.
    package func uids(last: UID?) -> UIDSet? {
        guard case .ranges(let ranges) = self else { return nil }
        return UIDSet(
            ranges: ranges.compactMap { range in
                guard let numbers = range.resolved(largest: last?.value) else { return nil }
                guard let low = UID(numbers.lowerBound), let high = UID(numbers.upperBound) else { return nil }
                return low...high
            })
    }

    /// Message numbers in ascending disjoint ranges; nil for `$` and when a number is beyond the mailbox, which the
    /// session answers with BAD (RFC 9051 §6.4.8 and `seq-number`). In an empty mailbox `*` and `1:*` are nothing.
    package func sequenceNumbers(count: Int) -> [ClosedRange<SequenceNumber>]? {
        guard let all = clampedSequenceNumbers(count: count), case .ranges(let ranges) = self else { return nil }
        for range in ranges {
            for case .number(let number) in [range.first, range.second] where number > UInt32(clamping: count) {
                guard count == 0, range.hasLargest else { return nil }
            }
        }
        return all
    }

    /// The same for SEARCH, where numbers beyond the mailbox match nothing. Nil only for `$`.
    package func clampedSequenceNumbers(count: Int) -> [ClosedRange<SequenceNumber>]? {
        guard case .ranges(let ranges) = self else { return nil }
        guard let largest = UInt32(exactly: count), largest > 0 else { return [] }
        let existing = ranges.compactMap { range -> ClosedRange<UID>? in
            guard let numbers = range.resolved(largest: largest), numbers.lowerBound <= largest else { return nil }
            guard let low = UID(numbers.lowerBound), let high = UID(min(numbers.upperBound, largest)) else {
                return nil
            }
            return low...high
        }
        return UIDSet(ranges: existing).ranges.compactMap { range in
            guard let low = SequenceNumber(range.lowerBound.value) else { return nil }
            guard let high = SequenceNumber(range.upperBound.value) else { return nil }
            return low...high
        }
    }
}

extension SequenceSet.Range {
    var hasLargest: Bool { first == .largest || second == .largest }

    /// Ascending, whatever the client's order; nil when `*` stands for nothing.
    func resolved(largest: UInt32?) -> ClosedRange<UInt32>? {
        guard let one = first.resolved(largest), let other = second.resolved(largest) else { return nil }
        return min(one, other)...max(one, other)
    }
}

extension SequenceSet.Bound {
    func resolved(_ largest: UInt32?) -> UInt32? {
        switch self {
        case .number(let number): number
        case .largest: largest
        }
    }
}
