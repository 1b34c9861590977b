import MailMessage
import MailWire
import Testing

@testable import MailSessions
@testable import MailStore

private func row(_ uid: UInt32, flags: FlagBits = [], size: Int64 = 100, receivedAt: EpochSeconds = 0) -> MessageRow? {
    guard let uid = UID(uid), let modseq = ModSeq(Int64(uid.value)) else { return nil }
    return MessageRow(
        uid: uid, messageID: MessageID(1), flags: flags, modseq: modseq, size: size, receivedAt: receivedAt,
        savedAt: 2 * 86_400, trashedAt: nil)
}

private let unknown = SearchTest.content(.body(needle: [1], PlainScan.Needle([1])))

struct VerdictRow: Sendable, CustomTestStringConvertible {
    let name: String
    let test: SearchTest
    let verdict: Bool?
    var testDescription: String { name }
}

private let verdictRows: [VerdictRow] = [
    .init(name: "all", test: .all, verdict: true),
    .init(name: "unknown", test: unknown, verdict: nil),
    .init(name: "false beats unknown", test: .and([unknown, .nothing]), verdict: false),
    .init(name: "unknown beats true", test: .and([unknown, .all]), verdict: nil),
    .init(name: "true beats unknown in OR", test: .or([unknown, .all]), verdict: true),
    .init(name: "unknown beats false in OR", test: .or([.nothing, unknown]), verdict: nil),
    .init(name: "no alternative", test: .or([.nothing, .nothing]), verdict: false),
    .init(name: "not unknown", test: .not(unknown), verdict: nil),
    .init(name: "not", test: .not(.flags(.seen)), verdict: false),
    .init(name: "both flags", test: .flags([.seen, .flagged]), verdict: false),
    .init(name: "larger is strict", test: .larger(100), verdict: false),
    .init(name: "larger", test: .larger(99), verdict: true),
    .init(name: "smaller is strict", test: .smaller(100), verdict: false),
    .init(name: "smaller", test: .smaller(101), verdict: true),
    .init(name: "before the day", test: .received(.before, day: 1), verdict: false),
    .init(name: "on the day", test: .received(.on, day: 1), verdict: true),
    .init(name: "since the day", test: .received(.since, day: 1), verdict: true),
    .init(name: "since the next", test: .received(.since, day: 2), verdict: false),
    .init(name: "saved on the day", test: .saved(.on, day: 2), verdict: true),
    .init(name: "saved before it", test: .saved(.before, day: 2), verdict: false),
    .init(name: "received in the last second", test: .receivedIn(86_400...86_400), verdict: true),
    .init(name: "received a second too early", test: .receivedIn(86_401...(.max)), verdict: false),
    .init(name: "received a second too late", test: .receivedIn(.min...86_399), verdict: false),
    .init(name: "modseq", test: .modSeq(ModSeq(7) ?? .zero), verdict: true),
    .init(name: "modseq later", test: .modSeq(ModSeq(8) ?? .zero), verdict: false),
    .init(name: "uid", test: .uids([UID(7) ?? .first]), verdict: true),
    .init(name: "other uid", test: .uids([UID(8) ?? .first]), verdict: false),
]

@Suite struct IMAPSearchTests {
    @Test(arguments: verdictRows) func verdicts(expected: VerdictRow) throws {
        let message = try #require(row(7, flags: .seen, size: 100, receivedAt: 86_400))
        #expect(expected.test.verdict(message) == expected.verdict)
    }

    @Test(
        arguments: [(0, 0), (86_399, 0), (86_400, 1), (-1, -1), (-86_400, -1), (-86_401, -2)] as [(EpochSeconds, Int)])
    func days(instant: EpochSeconds, day: Int) { #expect(instant.day == day) }

    /// One message can be so large that looking into it takes longer than the whole search may.
    @Test(arguments: [FuzzyPlace.body, .text]) func fuzzyAsksTheTimeInsideOfAMessage(place: FuzzyPlace) throws {
        let line = String(repeating: "nothing ", count: 9) + "\r\n"
        let text = String(repeating: line, count: 4 * MessageSearch.window / line.utf8.count)
        let message = SearchedMessage(Array("Subject: a\r\n\r\n\(text)".utf8))
        let test = SearchTest.content(.fuzzy(place, FuzzyNeedle("invoice")))
        var looks = 0
        let checkTime = {
            looks += 1
            if looks == 4 { throw StoreError.outOfTime }
        }
        let some = try #require(row(7))
        #expect(throws: StoreError.outOfTime) { try test.decide(some, message, checkTime: checkTime) }
        looks = 0
        #expect(throws: StoreError.outOfTime) { try test.score(message, after: checkTime) }
    }

    @Test func boundsAreTheNarrowestSet() throws {
        let (few, many): (UIDSet, UIDSet) = ([try #require(UID(3))], UIDSet(.first ... .last))
        #expect(SearchTest.and([.uids(many), .flags(.seen), .uids(few)]).bounds == few)
        #expect(SearchTest.or([.uids(few), .all]).bounds == nil)
        #expect(SearchTest.and([.flags(.seen)]).bounds == nil)
    }

    /// With the marks of what is unread and without them, of any density.
    @Test(arguments: [2, 3, 50]) func marksFindWhatTheRowsSay(every step: Int) async throws {
        let server = try await DialogueServer()
        let account = try await server.account("alice")
        let mail = StorableMessage(Array("Subject: a\r\n\r\nzebra\r\n".utf8))
        try await account.put(
            (1...200).map {
                NewMessage(
                    mail, flags: ($0 % step == 0 ? [] : [.system(.seen)]) + ($0 % 7 == 0 ? [.system(.flagged)] : []),
                    receivedAt: 5)
            })
        let trips = try await SearchTrips(account)
        let some: UIDSet = UIDSet(ranges: [try #require(UID(40))...(try #require(UID(130)))])
        let keys: [SearchKey] = [
            .not(.flag(.seen)), .and([.not(.flag(.seen)), .flag(.flagged)]), .and([.not(.flag(.seen)), .all]),
            .and([.not(.flag(.seen)), .body(Array("zebra".utf8))]), .not(.not(.flag(.seen))),
            .or([.not(.flag(.seen)), .flag(.flagged)]), .and([.not(.flag(.seen)), .flag(.seen)]),
            .and([.not(.flag(.seen)), .envelope(.subject, Array("a".utf8))]),
        ]
        for key in keys {
            let marked = (try await trips.hits(key), try await trips.hits(key, within: some))
            try await account.write { _ = try $0.database("UPDATE mailbox SET marked_modseq=0").run() }
            #expect(try await trips.hits(key) == marked.0, "\(key)")
            #expect(try await trips.hits(key, within: some) == marked.1, "\(key)")
            try await account.write { _ = try $0.database("UPDATE mailbox SET marked_modseq=highestmodseq").run() }
        }
        #expect(try await trips.hits(.not(.flag(.seen))).map(\.value) == (1...200).filter { $0 % UInt32(step) == 0 })
        await server.stop()
    }

    /// As deep as a client may nest: no step looks at anything twice. Counters decide none of the keys that are nested.
    @Test(.timeLimit(.minutes(1)), arguments: [SearchKey.flag(.flagged), .notFlag(.seen), .body([65]), .modSeq(.zero)])
    func deepNestsTakeNoTime(innermost: SearchKey) async throws {
        let server = try await DialogueServer()
        let account = try await server.account("alice")
        let mail = StorableMessage(Array("Subject: a\r\n\r\n".utf8))
        try await account.put(
            [[], [.system(.seen)], [.system(.flagged)]].map { NewMessage(mail, flags: $0, receivedAt: 5) })
        let trips = try await SearchTrips(account)
        let others: [SearchKey] = [.flag(.answered), .notFlag(.seen), .larger(1)]
        for other in others {
            let key = (1..<IMAPLimits.searchDepth).reduce(innermost) { key, depth in
                switch depth % 3 {
                case 0: .and([key, .not(other)])
                case 1: .or([other, key])
                default: .not(.and([key, .not(other)]))
                }
            }
            _ = try await trips.hits(key)
            _ = SearchCompiler().indexQuery(key)
        }
        await server.stop()
    }

    /// A session that has not heard of what came and went finds what it knows and is still there.
    @Test(arguments: ["", "the last", "the first", "one came", "one came and one went"])
    func staleViewsFindWhatIsThere(change: String) async throws {
        let server = try await DialogueServer()
        let account = try await server.account("alice")
        let mail = StorableMessage(Array("Subject: a\r\n\r\n".utf8))
        try await account.put(
            (1...9).map { NewMessage(mail, flags: $0 % 3 == 0 ? [.system(.seen)] : [], receivedAt: 5) })
        let view = UIDRuns((1...9).compactMap { UID(UInt32($0)) })
        try await account.write { transaction in
            guard let inbox = try transaction.mailbox(.inbox)?.id else { return }
            if change.hasPrefix("one came") {
                _ = try transaction.append([NewMessage(mail, flags: [], receivedAt: 5)], to: inbox)
            }
            let gone: UInt32? = ["the last": 9, "the first": 1, "one came and one went": 4][change]
            if let gone = gone.flatMap({ UID($0) }) { _ = try transaction.remove(in: inbox, [gone]) }
        }
        let (all, few) = (UIDSet(.first ... .last), UIDSet([2, 4, 6, 9].compactMap { UID($0) }))
        let tests: [SearchTest] = [
            .all, .not(.flags(.seen)), .flags(.seen), .uids(few), .not(.uids(few)), .and([.uids(few), .flags(.seen)]),
            .or([.flags(.seen), .uids(few)]), .not(.flags(.flagged)), .larger(1), .not(.flags(.deleted)),
        ]
        try await account.read { reader in
            guard let inbox = try reader.mailbox(.inbox)?.id else { return }
            var rows: [MessageRow] = []
            try reader.rows(in: inbox, all) { if view.contains($0.uid) { rows.append($0) } }
            for test in tests {
                let found = SearchRun(try SearchRows(test, in: inbox, reader, view: view)).hits.uids
                #expect(found == rows.filter { test.verdict($0) == true }.map(\.uid), "\(test)")
            }
        }
        await server.stop()
    }

    /// Whatever the counters say: none, some or all of the messages have a flag.
    @Test(arguments: [0, 1, 30], [0, 1, 30]) func countersSayNothingElse(read: Int, marked: Int) async throws {
        let server = try await DialogueServer()
        let account = try await server.account("alice")
        let mail = StorableMessage(Array("Subject: a\r\n\r\n".utf8))
        try await account.put(
            (0..<30).map { index in
                let flags: [Flag] = (index < read ? [.system(.seen)] : []) + (index < marked ? [.system(.deleted)] : [])
                return NewMessage(mail, flags: flags, receivedAt: 5)
            })
        let (id, counts) = try await account.read { reader in
            let id = try reader.mailbox(.inbox)?.id
            return (try #require(id), try #require(try id.flatMap(reader.counts)))
        }
        let rows = try await account.read { reader in
            var rows: [MessageRow] = []
            try reader.rows(in: id, UIDSet(.first ... .last)) { rows.append($0) }
            return rows
        }
        let trips = try await SearchTrips(account)
        var maker = FlagKeyMaker(random: SplitMix(state: UInt64(31 * read + marked)))
        for _ in 0..<200 {
            let key = maker.key()
            let test = SearchCompiler().compile(key, KeywordTable())
            let expected = rows.filter { test.verdict($0) == true }.map(\.uid)
            #expect(try await trips.hits(key) == expected, "\(key)")
            #expect(rows.allSatisfy { test.simplified(for: counts).verdict($0) == test.verdict($0) }, "\(key)")
        }
        await server.stop()
    }

    /// RFC 7162 §3.1.5: whatever decides, the answer says when the messages have changed.
    @Test func modSeqKeysStay() {
        let counts = MailboxCounts(total: 1, unseen: 0, deleted: 0, newest: .first)
        guard case .or = SearchTest.or([.modSeq(.zero), .flags(.seen)]).simplified(for: counts) else {
            return #expect(Bool(false))
        }
    }

    @Test func whatNeedsNoRows() throws {
        let few: UIDSet = [try #require(UID(3))]
        let unseen = SearchTest.not(.flags(.seen))
        for test in [.all, .nothing, unseen, .uids(few), .and([unseen, .or([.uids(few), .flags(.seen)])])]
            as [SearchTest]
        {
            #expect(test.needsOnlyMarks && test.needsOnlyFlags)
        }
        #expect(!SearchTest.flags([.seen, .flagged]).needsOnlyMarks)
        #expect(!SearchTest.and([unseen, .flags(.flagged)]).needsOnlyMarks)
        #expect(!SearchTest.or([unseen, .larger(5)]).needsOnlyFlags)
    }

    /// Thousands of keys over long sets take no longer than the command may.
    @Test func setsAskTheTime() throws {
        let scattered = UIDSet((1...5_000).compactMap { UID($0 * 2) })
        let test = SearchTest.or(Array(repeating: .flags(.seen), count: 5_000))
        var looks = 0
        #expect(throws: StoreError.outOfTime) {
            try test.members(of: scattered, unseen: UIDSet()) {
                looks += 1
                if looks == 9 { throw StoreError.outOfTime }
            }
        }
    }

    @Test func keywordsAndTextsAreMadeReady() throws {
        let compiler = SearchCompiler(
            view: MailboxView(uids: UIDRuns(), syncedTo: .zero), saved: UIDSet(), recent: UIDSet(),
            charset: "ISO-8859-1")
        let keyword = try #require(Keyword("work"))
        #expect(compiler.compile(.keyword(keyword), KeywordTable()).isNothing)
        let test = compiler.compile(.body([0xc4]), KeywordTable())  // Ä
        guard case .content(.body(let needle, _)) = test else { return #expect(Bool(false)) }
        #expect(needle == Array("A\u{308}".utf8))
    }
}

extension SearchTest {
    fileprivate var isNothing: Bool {
        if case .nothing = self { true } else { false }
    }
}

/// Keys that flags, places and sizes decide.
private struct FlagKeyMaker {
    var random: SplitMix

    mutating func key(depth: Int = 3) -> SearchKey {
        let choice = Int.random(in: 0..<(depth > 0 ? 12 : 8), using: &random)
        switch choice {
        case 0: return .flag(.seen)
        case 1: return .notFlag(.seen)
        case 2: return .flag(.deleted)
        case 3: return .notFlag(.deleted)
        case 4: return .flag([.seen, .deleted])
        case 5: return .notFlag(.flagged)
        case 6: return .all
        case 7: return .larger(UInt64.random(in: 0...30, using: &random))
        case 8, 9: return .and([key(depth: depth - 1), key(depth: depth - 1)])
        case 10: return .or([key(depth: depth - 1), key(depth: depth - 1)])
        default: return .not(key(depth: depth - 1))
        }
    }
}
