import MailMessage
import MailStore

extension SearchTest {
    /// What the row alone can say; nil when the message has to be looked at.
    func verdict(_ row: MessageRow) -> Bool? {
        switch self {
        case .all: true
        case .nothing: false
        case .and(let tests): Self.all(tests) { $0.verdict(row) }
        case .or(let tests): Self.all(tests) { $0.verdict(row).map { !$0 } }.map { !$0 }
        case .not(let test): test.verdict(row).map { !$0 }
        case .flags(let bits): row.flags.isSuperset(of: bits)
        case .uids(let set): set.contains(row.uid)
        case .larger(let size): row.size > size
        case .smaller(let size): row.size < size
        case .received(let relation, let day): relation.holds(row.receivedAt.day, day)
        case .saved(let relation, let day): relation.holds(row.savedAt.day, day)
        case .receivedIn(let moments): moments.contains(row.receivedAt)
        case .modSeq(let value): row.modseq >= value
        case .messages(let set): set.contains(row.messageID)
        case .content: nil
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

    func holds(_ test: ContentTest, _ row: MessageRow, after checkTime: () throws -> Void = {}) throws -> Bool {
        try checkTime()
        return switch test {
        case .sent(let relation, let day): relation.holds(sentDay ?? row.receivedAt.day, day)
        case .header(let name, let needle): search.header(name, contains: needle)
        case .body(let needle): try search.body(contains: needle)
        case .text(let needle): try search.text(contains: needle)
        }
    }

    /// The day in the sender's own zone (RFC 9051 §6.4.4, SENTON).
    private var sentDay: Int? {
        parsed.header.first("Date").flatMap { MailDate($0.rawValue) }?.localDay
    }
}

extension EpochSeconds {
    /// Days since 1970-01-01 in UTC.
    var day: Int { Int(self >= 0 ? self / 86_400 : (self - 86_399) / 86_400) }
}
