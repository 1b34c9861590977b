import MailMessage
import MailStore
import MailWire

/// Which of the messages a client knows have gone while it was away (RFC 7162 §3.2.5). Pure.
struct Resync: Sendable {
    /// What the client believes to be there; nil means all there ever were.
    let known: UIDSet?
    var match: SequenceMatch?

    init(known: UIDSet?, match: SequenceMatch? = nil) {
        self.known = known
        self.match = match
    }

    init(_ resync: QuickResync) { self.init(known: resync.knownUIDs, match: resync.match) }

    /// `remembered` is what the store knows to have gone since; nil when it does not remember that far back: then all
    /// that is known and not there has gone, except what the client can be shown to have up to date.
    func gone(remembered: UIDSet?, present: UIDRuns, uidNext: UID) -> UIDSet {
        let known = known ?? uidNext.predecessor.map { UIDSet(.first...$0) } ?? UIDSet()
        guard let remembered else {
            let missing = present.absent(from: known)
            guard let certain = lastCertain(present) else { return missing }
            return missing.subtracting(UIDSet(.first...certain))
        }
        return present.absent(from: known.intersection(remembered))
    }

    /// Up to this UID the client has missed no expunge: UIDs only grow, so where one number still has the UID the client
    /// remembers, all before it have theirs.
    private func lastCertain(_ present: UIDRuns) -> UID? {
        guard let match else { return nil }
        var pieces = MatchPieces(match)
        var certain: UID?
        while let piece = pieces.next() {
            let matching = piece.matching(present)
            if matching > 0 { certain = UID(piece.uid &+ matching &- 1) }
            guard matching == piece.count else { break }
        }
        return certain
    }
}

/// The two sets side by side, in pieces that grow by one in both: ranges all the way, never the numbers between them.
private struct MatchPieces {
    struct Piece {
        let number: UInt32
        let uid: UInt32
        let count: UInt32

        /// How many from the first on have the same UID still.
        func matching(_ present: UIDRuns) -> UInt32 {
            var (low, high): (UInt32, UInt32) = (0, count)
            while low < high {
                let middle = low &+ (high &- low &- 1) / 2
                let isSame = SequenceNumber(number &+ middle).flatMap(present.uid(at:))?.value == uid &+ middle
                if isSame { low = middle &+ 1 } else { high = middle }
            }
            return low
        }
    }

    private var numbers: ArraySlice<(first: UInt32, count: UInt32)>
    private var uids: ArraySlice<(first: UInt32, count: UInt32)>

    init(_ match: SequenceMatch) {
        numbers = match.numbers.map { Self.run($0.lowerBound.value, $0.upperBound.value) }[...]
        uids = match.uids.map { Self.run($0.lowerBound.value, $0.upperBound.value) }[...]
    }

    /// Counts saturate: nobody has so many messages.
    private static func run(_ first: UInt32, _ last: UInt32) -> (first: UInt32, count: UInt32) {
        (first, last &- first == .max ? .max : last &- first &+ 1)
    }

    mutating func next() -> Piece? {
        guard let number = numbers.popFirst(), let uid = uids.popFirst() else { return nil }
        let count = min(number.count, uid.count)
        if number.count > count { numbers = [(number.first &+ count, number.count &- count)] + numbers }
        if uid.count > count { uids = [(uid.first &+ count, uid.count &- count)] + uids }
        return Piece(number: number.first, uid: uid.first, count: count)
    }
}
