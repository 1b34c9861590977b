import MailMessage
import MailStore
import MailWire

/// What a search found, by ascending UID.
struct SearchHits: Sendable {
    private(set) var uids: [UID] = []
    private var modSeqs: [ModSeq] = []
    /// Of a FUZZY search whose scores somebody wants.
    var scores: [UID: Int] = [:]
    /// That not all messages were looked at; nil when they were.
    var cut: ResponseCode?

    init(_ uids: [UID] = []) { self.uids = uids }

    mutating func add(_ uid: UID, _ modSeq: ModSeq) {
        uids.append(uid)
        modSeqs.append(modSeq)
    }

    func score(of uid: UID) -> Int { scores[uid] ?? FuzzyMatch.highest }

    var highest: ModSeq? { modSeqs.max() }

    /// The highest of these messages.
    func highest(of some: [UID]) -> ModSeq? {
        let wanted = Set(some)
        return modSeqs.indices.lazy.filter { wanted.contains(uids[$0]) }.map { modSeqs[$0] }.max()
    }
}

/// The store's half of a search, each step for what the one before could not decide: rows, then envelopes, then texts, the
/// last two in batches.
struct SearchRun: Sendable {
    /// Bytes of messages per trip to the store: other work on the account waits no longer than this takes.
    static let batchBytes = 4 << 20
    static let envelopeBatch = 20_000
    /// From so many the first trip tells whether a mailbox comes from the disk.
    static let envelopeProbe = 512
    static let textBatch = 2_048

    let mailbox: MailboxID
    let test: SearchTest
    private let scope: PlainScan.Scope
    /// Undecided, by ascending UID; those before `position` have been looked at.
    private var open: [MessageRow] = []
    private var position = 0
    private var decided: [MessageRow] = []
    private var isSorted = true
    /// Instead of rows, where UIDs, marks and flags have decided.
    private var found: [UID]?
    /// Instead of rows, when envelopes alone decide: to be made first.
    private(set) var sweep: EnvelopeSweep?

    init(_ rows: SearchRows) {
        self.init(rows.test, in: rows.mailbox)
        (found, open, decided, sweep) = (rows.found, rows.open, rows.decided, rows.sweep)
    }

    private init(_ test: SearchTest, in mailbox: MailboxID) {
        self.test = test
        self.mailbox = mailbox
        scope = test.needsHeader ? .headersToo : .body
    }

    /// Of a sweep that is over.
    init(_ sweep: EnvelopeSweep) {
        self.init(sweep.test, in: sweep.mailbox)
        decided = sweep.hits
    }

    var isOver: Bool { position >= open.count }
    /// How many messages have been looked at, and of how many.
    var progress: (done: Int, goal: Int) { (position, open.count) }

    var hits: SearchHits {
        if let found { return SearchHits(found) }
        var hits = SearchHits()
        let rows = isSorted ? decided : decided.sorted { $0.uid < $1.uid }
        for row in rows { hits.add(row.uid, row.modseq) }
        return hits
    }

    /// To ask what the hits are worth.
    var relevancy: RelevancyRun {
        RelevancyRun(test, isSorted ? decided : decided.sorted { $0.uid < $1.uid }, in: mailbox)
    }

    /// What one trip found out.
    struct Batch: Sendable {
        fileprivate var decided: [MessageRow] = []
        fileprivate var position: Int
        /// Of an envelope trip: what has to be looked at more closely.
        fileprivate(set) var undecided: [MessageRow] = []
    }

    mutating func take(_ batch: Batch) {
        if let last = decided.last, let next = batch.decided.first, next.uid < last.uid { isSorted = false }
        decided += batch.decided
        position = batch.position
    }

    // MARK: Halves

    /// The rest, to be looked at from two places at once; nil when it is less than `least`.
    func halves(least: Int) -> (SearchRun, SearchRun)? {
        guard open.count - position >= max(2, least) else { return nil }
        let middle = position + (open.count - position) / 2
        var (first, second) = (self, self)
        first.open = Array(open[..<middle])
        second.open = Array(open[middle...])
        second.position = 0
        second.decided = []
        return (first, second)
    }

    /// Both are over.
    init(joining first: SearchRun, _ second: SearchRun) {
        self = first
        open += second.open
        position = open.count
        decided += second.decided
        isSorted = first.isSorted && second.isSorted && first.decided.isEmpty
    }

    // MARK: Envelopes

    /// Whether there is something that envelopes may decide.
    var wantsEnvelopes: Bool { test.needsEnvelope && !open.isEmpty }

    func readEnvelopes(_ reader: AccountReader) throws -> Batch {
        let rows = open[position...].prefix(Self.envelopeBatch)
        var batch = Batch(position: position + rows.count)
        var index = rows.startIndex
        try reader.order(in: mailbox, Self.hull(of: rows), envelopes: true, references: false) { found in
            while index < rows.endIndex, rows[index].uid < found.uid { index += 1 }
            guard index < rows.endIndex, rows[index].uid == found.uid else { return }
            try reader.checkTime()
            let known = Known(envelope: EnvelopeText(found.envelope))
            switch test.verdict(rows[index], known) {
            case true?: batch.decided.append(rows[index])
            case nil: batch.undecided.append(rows[index])
            case false?: break
            }
        }
        return batch
    }

    /// All envelopes have been read: the rest is for the texts.
    mutating func finishEnvelopes(_ undecided: [MessageRow]) {
        open = undecided
        position = 0
    }

    // MARK: Texts

    func readTexts(_ reader: AccountReader) throws -> Batch {
        let rows = open[position...].prefix(Self.textBatch)
        var batch = Batch(position: position + rows.count)
        var index = rows.startIndex
        var (bytes, scan) = (0, PlainScan())
        try reader.texts(in: mailbox, Self.hull(of: rows)) { text in
            while index < rows.endIndex, rows[index].uid < text.uid { index += 1 }
            guard index < rows.endIndex, rows[index].uid == text.uid else { return true }
            try reader.checkTime()
            let row = rows[index]
            if try decide(row, text, &scan, reader) { batch.decided.append(row) }
            bytes += text.bytes?.count ?? Self.batchBytes  // a large one is a trip of its own
            guard bytes < Self.batchBytes else {
                batch.position = index + 1
                return false
            }
            return true
        }
        return batch
    }

    /// The rows' UIDs; where they lie close, also what is between them: to name each would cost more than to skip some.
    private static func hull(of rows: ArraySlice<MessageRow>) -> UIDSet {
        guard let first = rows.first?.uid, let last = rows.last?.uid, first <= last else { return UIDSet() }
        let isClose = Int(last.value - first.value) < rows.count * 5 / 4
        return isClose ? UIDSet(first...last) : UIDSet(rows.lazy.map(\.uid))
    }

    private func decide(
        _ row: MessageRow, _ text: SearchedText, _ scan: inout PlainScan, _ reader: AccountReader
    ) throws -> Bool {
        if let bytes = text.bytes {
            scan.load(bytes, structure: text.structure, for: scope)
            if let verdict = test.verdict(row, Known(scan: scan)) { return verdict }
        }
        guard let message = try Self.message(of: text, needsBody: test.needsBody, in: mailbox, reader) else {
            return false
        }
        return try test.decide(row, message, checkTime: reader.checkTime)
    }

    /// Nil when a body file has gone meanwhile.
    static func message(
        of text: SearchedText, needsBody: Bool, in mailbox: MailboxID, _ reader: AccountReader
    ) throws -> SearchedMessage? {
        guard let bytes = text.bytes else { return try largeMessage(text.uid, needsBody, in: mailbox, reader) }
        return needsBody ? SearchedMessage(Array(bytes)) : try headerOnly(MessageSource(Array(bytes)))
    }

    private static func largeMessage(
        _ uid: UID, _ needsBody: Bool, in mailbox: MailboxID, _ reader: AccountReader
    ) throws -> SearchedMessage? {
        switch try reader.bodies(in: mailbox, [uid], upTo: 0).first?.body {
        case .inline(let bytes)?: return SearchedMessage(bytes)
        case .file(let path, let size)?:
            guard let file = OpenFile(path: path, size: size) else { return nil }
            return try needsBody ? SearchedMessage(MessageSource(file)) : headerOnly(MessageSource(file))
        case nil: return nil
        }
    }

    private static func headerOnly(_ source: MessageSource) throws -> SearchedMessage {
        guard let header = try source.header() else { return try SearchedMessage(source) }
        return SearchedMessage(Array(header))
    }
}
