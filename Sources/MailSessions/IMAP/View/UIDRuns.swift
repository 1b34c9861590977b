import MailMessage

/// The UIDs of one mailbox view in ascending order, as runs: what a session keeps while it idles.
///
/// A mailbox of 100,000 messages that nobody expunged from costs one run. Positions are found by binary search.
struct UIDRuns: Sendable, Equatable {
    struct Run: Sendable, Equatable {
        var first: UInt32
        var last: UInt32
        /// How many UIDs stand before this run: its first one has sequence number `before + 1`.
        var before: UInt32

        var end: UInt32 { before &+ (last &- first) &+ 1 }

        var uids: ClosedRange<UID>? {
            guard let low = UID(first), let high = UID(last), low <= high else { return nil }
            return low...high
        }
    }

    private(set) var runs: [Run] = []

    init() {}

    init(_ ascending: some Sequence<UID>) {
        for uid in ascending { append(uid) }
    }

    /// Every UID up to this one: a mailbox nothing was ever expunged from.
    init(upTo last: UID) { runs = [Run(first: UID.first.value, last: last.value, before: 0)] }

    /// What it costs.
    var byteCount: Int { runs.capacity * MemoryLayout<Run>.stride }
    var count: Int { Int(runs.last?.end ?? 0) }
    var last: UID? { runs.last.flatMap { UID($0.last) } }

    /// Ignored unless it is greater than every UID so far: UIDs only grow (RFC 9051 §2.3.1.1).
    mutating func append(_ uid: UID) {
        guard let run = runs.last else { return runs.append(Run(first: uid.value, last: uid.value, before: 0)) }
        guard uid.value > run.last else { return }
        if uid.value == run.last &+ 1 {
            runs[runs.count - 1].last = uid.value
        } else {
            runs.append(Run(first: uid.value, last: uid.value, before: run.end))
        }
    }

    func number(of uid: UID) -> SequenceNumber? {
        let index = partition { $0.last < uid.value }
        guard index < runs.count, runs[index].first <= uid.value else { return nil }
        return SequenceNumber(runs[index].before &+ (uid.value &- runs[index].first) &+ 1)
    }

    func uid(at number: SequenceNumber) -> UID? {
        let index = partition { $0.end < number.value }
        guard index < runs.count else { return nil }
        return UID(runs[index].first &+ (number.value &- runs[index].before &- 1))
    }

    func contains(_ uid: UID) -> Bool { number(of: uid) != nil }

    /// From the first to the last of these places; nil when all lie beyond the end. What is between and not in the view
    /// does not exist: one range is enough, however many gaps it spans.
    func hull(of numbers: ClosedRange<SequenceNumber>) -> ClosedRange<UID>? {
        let last = min(numbers.upperBound.value, UInt32(clamping: count))
        guard let lower = uid(at: numbers.lowerBound), let upper = SequenceNumber(last).flatMap(uid(at:)),
            lower <= upper
        else { return nil }
        return lower...upper
    }

    /// The members of `set` that are in the view.
    func intersection(_ set: UIDSet) -> UIDSet {
        UIDSet(ranges: pieces(of: set).compactMap(\.uids))
    }

    /// The same one by one.
    func uids(of set: UIDSet) -> [UID] {
        var uids: [UID] = []
        for piece in pieces(of: set) {
            for value in piece.first...piece.last { if let uid = UID(value) { uids.append(uid) } }
        }
        return uids
    }

    /// The members of `set` that are not in the view.
    func absent(from set: UIDSet) -> UIDSet { set.subtracting(intersection(set)) }

    /// The places of these UIDs, as ranges.
    func numbers(of set: UIDSet) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        for piece in pieces(of: set) {
            let (first, last) = (piece.before &+ 1, piece.end)
            if let range = result.last, range.upperBound &+ 1 == first {
                result[result.count - 1] = range.lowerBound...last
            } else {
                result.append(first...last)
            }
        }
        return result
    }

    func count(of set: UIDSet) -> Int { pieces(of: set).reduce(0) { $0 + Int($1.end &- $1.before) } }

    /// The members of the view that are not in `present`.
    func missing(from present: some Sequence<UID>) -> UIDSet {
        var rest = self
        _ = rest.remove(UIDSet(present))
        return UIDSet(ranges: rest.runs.compactMap(\.uids))
    }

    /// Takes `set` out and says which places it had, as runs of the *old* numbering in ascending order.
    mutating func remove(_ set: UIDSet) -> [Run] {
        let gone = pieces(of: set)
        guard !gone.isEmpty else { return [] }
        var kept: [Run] = []
        var next = 0
        for run in runs {
            var first = run.first
            while next < gone.count, gone[next].first <= run.last {
                if gone[next].first > first { Self.add(first...(gone[next].first &- 1), to: &kept) }
                first = gone[next].last &+ 1  // wraps to 0 only behind the last possible UID
                next += 1
                if first == 0 { break }
            }
            if first != 0, first <= run.last { Self.add(first...run.last, to: &kept) }
        }
        runs = kept
        return gone
    }

    private static func add(_ range: ClosedRange<UInt32>, to kept: inout [Run]) {
        let before = kept.last?.end ?? 0
        kept.append(Run(first: range.lowerBound, last: range.upperBound, before: before))
    }

    /// The common part of the view and `set`, each piece inside one run.
    func pieces(of set: UIDSet) -> [Run] {
        var result: [Run] = []
        for range in set.ranges {
            var index = partition { $0.last < range.lowerBound.value }
            while index < runs.count, runs[index].first <= range.upperBound.value {
                let run = runs[index]
                let first = max(run.first, range.lowerBound.value)
                let last = min(run.last, range.upperBound.value)
                result.append(Run(first: first, last: last, before: run.before &+ (first &- run.first)))
                index += 1
            }
        }
        return result
    }

    /// The index of the first run for which `isBefore` is false.
    private func partition(_ isBefore: (Run) -> Bool) -> Int {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(runs[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
