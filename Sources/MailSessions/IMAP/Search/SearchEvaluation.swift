import MailMessage
import MailStore
import MailWire

/// What is known of a message besides its row.
struct Known {
    var envelope: EnvelopeText?
    var scan: PlainScan?
}

extension SearchTest {
    /// What this much says; nil when the message has to be looked at more closely.
    func verdict(_ row: MessageRow, _ known: Known = Known()) -> Bool? {
        switch self {
        case .all: true
        case .nothing: false
        case .and(let tests): Self.all(tests) { $0.verdict(row, known) }
        case .or(let tests): Self.all(tests) { $0.verdict(row, known).map { !$0 } }.map { !$0 }
        case .not(let test): test.verdict(row, known).map { !$0 }
        case .flags(let bits): row.flags.isSuperset(of: bits)
        case .uids(let set): set.contains(row.uid)
        case .larger(let size): row.size > size
        case .smaller(let size): row.size < size
        case .received(let relation, let day): relation.holds(row.receivedAt.day, day)
        case .saved(let relation, let day): relation.holds(row.savedAt.day, day)
        case .receivedIn(let moments): moments.contains(row.receivedAt)
        case .modSeq(let value): row.modseq >= value
        case .messages(let set): set.contains(row.messageID)
        case .content(let test): test.verdict(row, known)
        }
    }

    /// The same of a test that envelopes alone decide.
    func holds(_ envelope: EnvelopeText, receivedAt: EpochSeconds) -> Bool {
        switch self {
        case .and(let tests): tests.allSatisfy { $0.holds(envelope, receivedAt: receivedAt) }
        case .or(let tests): tests.contains { $0.holds(envelope, receivedAt: receivedAt) }
        case .not(let test): !test.holds(envelope, receivedAt: receivedAt)
        case .content(let test): test.holds(receivedAt, envelope)
        default: false
        }
    }

    /// False wins over unknown, unknown over true.
    private static func all(_ tests: [SearchTest], _ verdict: (SearchTest) -> Bool?) -> Bool? {
        var result: Bool? = true
        for test in tests {
            switch verdict(test) {
            case false?: return false
            case nil: result = nil
            case true?: break
            }
        }
        return result
    }

    /// The whole truth. Tests of the row come first wherever they decide; `checkTime` is asked before each look at a text,
    /// since thousands of them fit into one command.
    func decide(_ row: MessageRow, _ message: SearchedMessage, checkTime: () throws -> Void = {}) throws -> Bool {
        if let verdict = verdict(row) { return verdict }
        return switch self {
        case .and(let tests): try tests.allSatisfy { try $0.decide(row, message, checkTime: checkTime) }
        case .or(let tests): try tests.contains { try $0.decide(row, message, checkTime: checkTime) }
        case .not(let test): try !test.decide(row, message, checkTime: checkTime)
        case .content(let test): try message.holds(test, row, after: checkTime)
        default: false
        }
    }
}

extension ContentTest {
    fileprivate func verdict(_ row: MessageRow, _ known: Known) -> Bool? {
        switch self {
        case .sent, .envelope, .fuzzy(.envelope, _): known.envelope.map { holds(row.receivedAt, $0) }
        case .fuzzy: nil
        case .header(_, _, let needle): known.scan?.lacks(needle, in: .headersToo) == true ? false : nil
        case .body(_, let needle): known.scan?.lacks(needle, in: .body) == true ? false : nil
        case .text(_, let needle): known.scan?.lacks(needle, in: .headersToo) == true ? false : nil
        }
    }

    /// A message without a date was sent when it came.
    fileprivate func holds(_ receivedAt: EpochSeconds, _ envelope: EnvelopeText) -> Bool {
        switch self {
        case .sent(let relation, let day):
            relation.holds(envelope.string(.date).flatMap { MailDate($0) }?.localDay ?? receivedAt.day, day)
        case .envelope(let field, let needle, let quick):
            !quick.isAbsent(from: field.item, of: envelope)
                && EnvelopeSearch.contains(field.item, needle, in: envelope)
        case .fuzzy(.envelope(let field), let needle):
            FuzzyMatch(needle).looked { match in
                EnvelopeSearch.eachText(field.item, of: envelope) { text in
                    match.look(into: text)
                    return !match.isPerfect
                }
            } != nil
        default: false
        }
    }
}

extension FuzzyMatch {
    static let highest = 100

    /// The score after a look.
    fileprivate func looked(_ look: (inout FuzzyMatch) throws -> Void) rethrows -> Int? {
        var match = self
        try look(&match)
        return match.score
    }
}

/// A message with its text at hand.
struct SearchedMessage {
    private let parsed: ParsedMessage
    private let search: MessageSearch

    init(_ bytes: [UInt8]) {
        parsed = ParsedMessage(bytes)
        search = MessageSearch(bytes, parsed)
    }

    /// Of a large one only a window is in memory at a time.
    init(_ source: MessageSource) throws {
        parsed = try source.parsed()
        search = MessageSearch(parsed, size: source.size) { try source.bytes($0) }
    }

    /// Nil when the needle is not there. `checkTime` is asked before each piece: comparing word by word takes long.
    func score(
        _ needle: FuzzyNeedle, in place: FuzzyPlace, after checkTime: () throws -> Void
    ) throws -> Int? {
        try FuzzyMatch(needle).looked { match in
            switch place {
            case .header(let name): search.eachText(ofHeader: name) { match.look(into: $0) }
            case .envelope(let field):
                parsed.envelopeText.withUnsafeBytes {
                    EnvelopeSearch.eachText(field.item, of: EnvelopeText($0)) { text in
                        match.look(into: text)
                        return true
                    }
                }
            case .body, .text:
                try search.eachText { found, text in
                    try checkTime()
                    if place.covers(found) { match.look(into: text) }
                }
            }
        }
    }

    func holds(_ test: ContentTest, _ row: MessageRow, after checkTime: () throws -> Void = {}) throws -> Bool {
        try checkTime()
        return switch test {
        case .sent, .envelope: parsed.envelopeText.withUnsafeBytes { test.holds(row.receivedAt, EnvelopeText($0)) }
        case .header(let name, let needle, _): search.header(name, contains: needle)
        case .body(let needle, _): try search.body(contains: needle)
        case .text(let needle, _): try search.text(contains: needle)
        case .fuzzy(let place, let needle): try score(needle, in: place, after: checkTime) != nil
        }
    }
}

extension SearchKey.EnvelopeField {
    var item: EnvelopeText.Item {
        switch self {
        case .subject: .subject
        case .from: .from
        case .to: .to
        case .cc: .cc
        case .bcc: .bcc
        }
    }
}

extension EpochSeconds {
    /// Days since 1970-01-01 in UTC.
    var day: Int { Int(self >= 0 ? self / 86_400 : (self - 86_399) / 86_400) }
}
