import MailMessage
import MailStore

/// The store's half of a search that envelopes alone decide: rows and envelopes in one go, place by place of the view.
struct EnvelopeSweep: Sendable {
    let test: SearchTest
    let mailbox: MailboxID
    private let view: UIDRuns
    private var places: Range<Int>
    private(set) var hits: [MessageRow] = []

    init(_ test: SearchTest, in mailbox: MailboxID, view: UIDRuns) {
        self.test = test
        self.mailbox = mailbox
        self.view = view
        places = 0..<view.count
    }

    var isOver: Bool { places.isEmpty }

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
        var (found, scan): ([MessageRow], EnvelopeScan) = ([], EnvelopeScan())
        guard let range = uids(next) else { return found }
        try reader.envelopes(in: mailbox, range) { row, envelope in
            guard view.contains(row.uid) else { return }
            try reader.checkTime()
            scan.load(envelope)
            let known = Known(envelope: EnvelopeText(envelope), envelopeScan: scan)
            if test.verdict(row, known) == true { found.append(row) }
        }
        return found
    }

    mutating func take(_ found: [MessageRow]) {
        hits += found
        places = next.upperBound..<places.upperBound
    }

    mutating func join(_ second: EnvelopeSweep) {
        hits += second.hits
        places = second.places
    }

    private var next: Range<Int> {
        places.lowerBound..<min(places.upperBound, places.lowerBound + SearchRun.envelopeBatch)
    }

    private func uids(_ places: Range<Int>) -> ClosedRange<UID>? {
        guard let first = SequenceNumber(exactly: places.lowerBound + 1),
            let last = SequenceNumber(exactly: places.upperBound), first <= last
        else { return nil }
        return view.hull(of: first...last)
    }
}
