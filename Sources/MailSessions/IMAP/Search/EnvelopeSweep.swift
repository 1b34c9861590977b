import MailMessage
import MailStore

/// The store's half of a search that envelopes alone decide: rows and envelopes in one go, place by place of the view.
struct EnvelopeSweep: Sendable {
    let test: SearchTest
    let mailbox: MailboxID
    private let view: UIDRuns
    private var places: Range<Int>
    private var isProbed = false
    private(set) var hits: [MessageRow] = []

    init(_ test: SearchTest, in mailbox: MailboxID, view: UIDRuns) {
        self.test = test
        self.mailbox = mailbox
        self.view = view
        places = 0..<view.count
    }

    var isOver: Bool { places.isEmpty }
    /// What has not been looked at.
    var rest: UIDSet { uids(places).map { view.intersection(UIDSet($0)) } ?? UIDSet() }

    /// The rest, to be looked at from two ends at once; nil when it is less than `least`.
    func halves(least: Int) -> (EnvelopeSweep, EnvelopeSweep)? {
        guard places.count >= max(2, least) else { return nil }
        let middle = places.lowerBound + places.count / 2
        var (first, second) = (self, self)
        first.places = places.lowerBound..<middle
        second.places = middle..<places.upperBound
        second.hits = []
        return (first, second)
    }

    /// What one trip found; other work on the account comes between two.
    func read(_ reader: AccountReader) throws -> [MessageRow] {
        guard let range = uids(next) else { return [] }
        var found: [UID] = []
        let demands = test.demands
        try reader.envelopes(in: mailbox, range) { sent in
            let envelope = EnvelopeText(sent.envelope)
            // Most messages are none of those, and go no further.
            for index in demands.indices where demands[index].isMissed(in: envelope) { return }
            guard test.holds(envelope, receivedAt: sent.receivedAt) else { return }
            if view.contains(sent.uid) { found.append(sent.uid) }
        }
        var rows: [MessageRow] = []
        try reader.rows(in: mailbox, UIDSet(found)) { rows.append($0) }
        return rows
    }

    mutating func take(_ found: [MessageRow]) {
        hits += found
        places = next.upperBound..<places.upperBound
        isProbed = true
    }

    mutating func join(_ second: EnvelopeSweep) {
        hits += second.hits
        places = second.places
    }

    private var next: Range<Int> {
        let most = isProbed ? SearchRun.envelopeBatch : SearchRun.envelopeProbe
        return places.lowerBound..<min(places.upperBound, places.lowerBound + most)
    }

    private func uids(_ places: Range<Int>) -> ClosedRange<UID>? {
        guard let first = SequenceNumber(exactly: places.lowerBound + 1),
            let last = SequenceNumber(exactly: places.upperBound), first <= last
        else { return nil }
        return view.hull(of: first...last)
    }
}
