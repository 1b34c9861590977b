import MailMessage
import MailWire

/// A sequence set as a client writes it: never enumerated, always ascending, never beyond the mailbox.
enum FuzzSequenceSets: FuzzTarget {
    static let name = "sequence-sets"
    static var memoryPerByte: Int { 300 }  // two bytes of text are one range of sixteen, in several lists

    static func check(_ input: [UInt8]) -> String? {
        guard let set = parsed(input.dropFirst(2)) else { return nil }
        let size = input.prefix(2).reduce(0) { $0 << 8 | Int($1) }
        var rules = Rules()
        for count in [0, 1, size, Int(UInt32.max)] {
            rules.none(brokenNumbers(set, count))
            rules.none(brokenUIDs(set, last: UID(UInt32(clamping: count))))
        }
        return rules.broken
    }

    private static func parsed(_ text: ArraySlice<UInt8>) -> SequenceSet? {
        var parser = IMAPParser(Array("a UID EXPUNGE ".utf8) + text)
        guard case .uidExpunge(let set)? = try? parser.command().body else { return nil }
        return set
    }

    private static func brokenNumbers(_ set: SequenceSet, _ count: Int) -> String? {
        guard let clamped = set.clampedSequenceNumbers(count: count) else {
            return set == .saved ? nil : "no numbers for \(set)"
        }
        var rules = Rules()
        rules.that(isAscending(clamped.map { Int($0.lowerBound.value)...Int($0.upperBound.value) }), "\(clamped)")
        rules.that(clamped.allSatisfy { $0.upperBound.value <= count }, "beyond \(count): \(clamped)")
        if let strict = set.sequenceNumbers(count: count) {
            rules.that(strict == clamped, "\(strict) and \(clamped)")
        }
        return rules.broken
    }

    /// The printed set is the same set.
    private static func brokenUIDs(_ set: SequenceSet, last: UID?) -> String? {
        guard let uids = set.uids(last: last) else { return set == .saved ? nil : "no UIDs for \(set)" }
        var rules = Rules()
        rules.that(isAscending(uids.ranges.map { Int($0.lowerBound.value)...Int($0.upperBound.value) }), "\(uids)")
        rules.that(uids.span >= uids.ranges.count, "a span of \(uids.span)")
        rules.that(uids.first.map(uids.contains) ?? true, "\(uids) without its first")
        rules.that(uids.last.map(uids.contains) ?? true, "\(uids) without its last")
        guard !uids.isEmpty else { return rules.broken }
        rules.that(parsed(Array(uids.description.utf8)[...])?.uids(last: nil) == uids, "\(uids) is read differently")
        return rules.broken
    }

    /// Sorted, disjoint, and not even adjacent.
    private static func isAscending(_ ranges: [ClosedRange<Int>]) -> Bool {
        zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound + 1 < $1.lowerBound }
    }
}
