import MailMessage
import MailStore

/// What a search found, by ascending UID.
struct SearchHits: Sendable {
    private(set) var uids: [UID] = []
    private(set) var first: ModSeq?
    private(set) var last: ModSeq?
    private(set) var highest: ModSeq?

    mutating func add(_ row: MessageRow) {
        uids.append(row.uid)
        if first == nil { first = row.modseq }
        last = row.modseq
        highest = max(highest ?? .zero, row.modseq)
    }
}

/// The store's half of a search: rows first, then the texts of what the rows could not decide, in batches.
struct SearchRun: Sendable {
    /// Bytes of messages per trip to the store: other work on the account waits no longer than this takes.
    static let batchBytes = 4 << 20

    let mailbox: MailboxID
    let test: SearchTest
    private(set) var hits = SearchHits()
    private var open: [MessageRow] = []
    private var decided: [MessageRow] = []

    init(_ test: SearchTest, in mailbox: MailboxID) {
        self.test = test
        self.mailbox = mailbox
    }

    var isOver: Bool { open.isEmpty }

    /// Everything the rows can say; only messages of `view` count.
    mutating func readRows(_ reader: AccountReader, view: UIDRuns) throws {
        let everything = UIDSet(.first ... .last)
        var certain: [MessageRow] = []
        var unsure: [MessageRow] = []
        try reader.rows(in: mailbox, test.bounds ?? everything) { row in
            guard view.contains(row.uid) else { return }
            try reader.checkTime()
            switch test.verdict(row) {
            case true?: certain.append(row)
            case nil: unsure.append(row)
            case false?: break
            }
        }
        decided = certain
        open = unsure
        if isOver { finish() }
    }

    /// Looks at some of what is undecided.
    mutating func readTexts(_ reader: AccountReader) throws {
        let bodies = try reader.bodies(in: mailbox, UIDSet(open.map(\.uid)), upTo: Self.batchBytes)
        guard let last = bodies.last?.uid else { return skipRest() }
        var rest = bodies[...]
        var looked = last
        for row in open where row.uid <= last {
            guard let body = rest.first, body.uid == row.uid else { continue }  // expunged meanwhile
            rest.removeFirst()
            looked = row.uid
            guard let message = try message(body.body) else { continue }
            if try test.decide(row, message, checkTime: reader.checkTime) { decided.append(row) }
            // One large message is a trip of its own: it takes as long as many small ones.
            if case .file = body.body, test.needsBody { break }
            looked = last
        }
        open.removeAll { $0.uid <= looked }
        if isOver { finish() }
    }

    private mutating func skipRest() {
        open = []
        finish()
    }

    private mutating func finish() {
        for row in decided.sorted(by: { $0.uid < $1.uid }) { hits.add(row) }
        decided = []
    }

    /// Nil when a body file has gone meanwhile.
    private func message(_ body: MessageBody) throws -> SearchedMessage? {
        switch body {
        case .inline(let bytes):
            return test.needsBody ? SearchedMessage(bytes) : try headerOnly(MessageSource(bytes))
        case .file(let path, let size):
            guard let file = OpenFile(path: path, size: size) else { return nil }
            return try test.needsBody ? SearchedMessage(MessageSource(file)) : headerOnly(MessageSource(file))
        }
    }

    private func headerOnly(_ source: MessageSource) throws -> SearchedMessage {
        guard let header = try source.header() else { return try SearchedMessage(source) }
        return SearchedMessage(Array(header))
    }
}
