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

    /// What is left of the set behind `uid`.
    package func after(_ uid: UID) -> UIDSet {
        UIDSet(
            ranges: ranges.compactMap { range in
                guard range.upperBound > uid else { return nil }
                guard range.lowerBound <= uid, let next = uid.successor else { return range }
                return next...range.upperBound
            })
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

extension UIDSet {
    /// The ranges with gaps of up to `gap` numbers filled: where asking for a little too much costs less than asking often.
    package func stretches(over gap: UInt32) -> [ClosedRange<UID>] {
        var result: [ClosedRange<UID>] = []
        for range in ranges {
            if let last = result.last, range.lowerBound.value - last.upperBound.value <= gap {
                result[result.count - 1] = last.lowerBound...range.upperBound
            } else {
                result.append(range)
            }
        }
        return result
    }
}

/// Set algebra in one pass over the ranges of both.
extension UIDSet {
    package func intersection(_ other: UIDSet) -> UIDSet {
        var result = UIDSet()
        var (mine, theirs) = (0, 0)
        while mine < ranges.count, theirs < other.ranges.count {
            let (one, two) = (ranges[mine], other.ranges[theirs])
            let low = max(one.lowerBound, two.lowerBound)
            let high = min(one.upperBound, two.upperBound)
            if low <= high { result.append(low...high) }
            if one.upperBound < two.upperBound { mine += 1 } else { theirs += 1 }
        }
        return result
    }

    package func subtracting(_ other: UIDSet) -> UIDSet {
        var result = UIDSet()
        var next = 0
        for range in ranges {
            var start: UID? = range.lowerBound
            while let first = start, next < other.ranges.count, other.ranges[next].lowerBound <= range.upperBound {
                let hole = other.ranges[next]
                if hole.lowerBound > first, let before = hole.lowerBound.predecessor { result.append(first...before) }
                if hole.upperBound >= first { start = hole.upperBound.successor }
                guard hole.upperBound < range.upperBound else { break }  // it may reach into the next range
                next += 1
            }
            if let start, start <= range.upperBound { result.append(start...range.upperBound) }
        }
        return result
    }
}

extension UIDSet: CustomStringConvertible {
    /// IMAP's spelling, `1:3,7` (RFC 9051 `uid-set`); empty text for the empty set.
    package var description: String {
        ranges.map { $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound)" }
            .joined(separator: ",")
    }
}
