/// A set of UIDs as sorted, disjoint, non-adjacent ranges. Memory follows the ranges, never the numbers between them.
package struct UIDSet: Hashable, Sendable, ExpressibleByArrayLiteral {
    package private(set) var ranges: [ClosedRange<UID>] = []

    package init() {}
    package init(arrayLiteral elements: UID...) { self.init(elements) }
    package init(_ range: ClosedRange<UID>) { ranges = [range] }

    package init(_ uids: some Sequence<UID>) { self.init(ranges: uids.map { $0...$0 }) }

    /// Any ranges in any order; overlapping and adjacent ones are joined.
    package init(ranges unordered: [ClosedRange<UID>]) {
        for range in unordered.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
    }

    package var isEmpty: Bool { ranges.isEmpty }
    package var first: UID? { ranges.first?.lowerBound }
    package var last: UID? { ranges.last?.upperBound }

    /// How many numbers the ranges span (not how many messages exist).
    package var span: Int {
        ranges.reduce(0) { $0 + Int($1.upperBound.value - $1.lowerBound.value) + 1 }
    }

    package func contains(_ uid: UID) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < uid { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(uid)
    }

    package mutating func insert(_ uid: UID) { insert(uid...uid) }

    package mutating func insert(_ range: ClosedRange<UID>) {
        guard let last, range.lowerBound < last else { return append(range) }
        self = UIDSet(ranges: ranges + [range])
    }

    package mutating func formUnion(_ other: UIDSet) { self = UIDSet(ranges: ranges + other.ranges) }

    /// Adds a range that begins at or after the lower bound of the last one.
    private mutating func append(_ range: ClosedRange<UID>) {
        guard let last = ranges.last else { return ranges.append(range) }
        let touches = range.lowerBound <= last.upperBound || last.upperBound.successor == range.lowerBound
        guard touches else { return ranges.append(range) }
        ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
    }
}

extension UIDSet: CustomStringConvertible {
    /// IMAP's spelling, `1:3,7` (RFC 9051 `uid-set`); empty text for the empty set.
    package var description: String {
        ranges.map { $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound)" }
            .joined(separator: ",")
    }
}
