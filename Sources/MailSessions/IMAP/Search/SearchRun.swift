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
        for row in open where row.uid <= last {
            guard let body = rest.first, body.uid == row.uid else { continue }  // expunged meanwhile
            rest.removeFirst()
            guard let bytes = try Self.bytes(of: body.body, headerOnly: !test.needsBody) else { continue }
            if test.decide(row, SearchedMessage(bytes)) { decided.append(row) }
        }
        open.removeAll { $0.uid <= last }
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
    private static func bytes(of body: MessageBody, headerOnly: Bool) throws -> [UInt8]? {
        switch body {
        case .inline(let bytes): return headerOnly ? Array(header(of: bytes)) : bytes
        case .file(let path, let size):
            guard let file = OpenFile(path: path, size: size) else { return nil }
            let wanted = headerOnly ? min(file.size, MessageLimits.headerBytes) : file.size
            let bytes = try file.read(at: 0, count: wanted)
            return headerOnly ? Array(header(of: bytes)) : bytes
        }
    }

    /// Up to and with the blank line.
    private static func header(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        var lineStart = 0
        for index in bytes.indices where bytes[index] == 0x0a {
            let length = index - lineStart
            if length == 0 || (length == 1 && bytes[lineStart] == 0x0d) { return bytes[...index] }
            lineStart = index + 1
        }
        return bytes[...]
    }
}
