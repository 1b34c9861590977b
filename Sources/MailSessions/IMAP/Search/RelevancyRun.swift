import MailMessage
import MailStore

/// What the hits of a FUZZY search are worth, found when somebody asks for it (RFC 6203 §4): in trips as a search.
struct RelevancyRun: Sendable {
    private let test: SearchTest
    private let mailbox: MailboxID
    private let rows: [MessageRow]
    private var position = 0
    private(set) var scores: [UID: Int] = [:]

    /// `rows` by ascending UID.
    init(_ test: SearchTest, _ rows: [MessageRow], in mailbox: MailboxID) {
        self.test = test
        self.mailbox = mailbox
        self.rows = test.isFuzzy ? rows : []
    }

    var isOver: Bool { position >= rows.count }

    struct Batch: Sendable {
        fileprivate var scores: [UID: Int] = [:]
        fileprivate var position: Int
    }

    mutating func take(_ batch: Batch) {
        scores.merge(batch.scores) { $1 }
        position = batch.position
    }

    func readTexts(_ reader: AccountReader) throws -> Batch {
        let some = rows[position...].prefix(SearchRun.textBatch)
        var batch = Batch(position: position + some.count)
        var index = some.startIndex
        var bytes = 0
        try reader.texts(in: mailbox, UIDSet(some.lazy.map(\.uid))) { text in
            while index < some.endIndex, some[index].uid < text.uid { index += 1 }
            guard index < some.endIndex, some[index].uid == text.uid else { return true }
            try reader.checkTime()
            if let message = try SearchRun.message(of: text, needsBody: test.needsBody, in: mailbox, reader) {
                batch.scores[text.uid] = try test.score(message, after: reader.checkTime)
            }
            bytes += text.bytes?.count ?? SearchRun.batchBytes
            guard bytes < SearchRun.batchBytes else {
                batch.position = index + 1
                return false
            }
            return true
        }
        return batch
    }
}

extension SearchTest {
    /// Whether there is anything to be scored.
    var isFuzzy: Bool {
        switch self {
        case .and(let tests), .or(let tests): tests.contains(where: \.isFuzzy)
        case .content(.fuzzy): true
        default: false
        }
    }

    /// The mean of what its texts say of a message that it has found. What is looked for exactly says nothing.
    func score(_ message: SearchedMessage, after checkTime: () throws -> Void) throws -> Int {
        var scores: [Int] = []
        try collect(&scores, message, after: checkTime)
        return scores.isEmpty ? FuzzyMatch.highest : scores.reduce(0, +) / scores.count
    }

    private func collect(
        _ scores: inout [Int], _ message: SearchedMessage, after checkTime: () throws -> Void
    ) throws {
        switch self {
        case .and(let tests), .or(let tests): for test in tests { try test.collect(&scores, message, after: checkTime) }
        case .content(.fuzzy(let place, let needle)):
            if let score = try message.score(needle, in: place, after: checkTime) { scores.append(score) }
        default: break
        }
    }
}
