import MailMessage
import MailWire
import Testing

@testable import MailSessions
@testable import MailStore

/// Random mail in many charsets and shapes, the same for the same seed.
private struct MailMaker {
    var random: SplitMix

    static let words = [
        "zebra", "Straße", "ÅNGSTRÖM", "résumé", "Ελλάδα", "Привет", "東京都", "naïve", "ﬁle", "a", "ab", "=?utf-8?q?x?=",
        "Tokyo 東京", "x\u{301}", "ı", "tail\u{a0}end", "12,50 €", "<b>bold</b>", "back\\slash", "\"quoted\"",
    ]
    private static let charsets = ["utf-8", "iso-8859-1", "windows-1252", "us-ascii", "iso-2022-jp", "koi8-r", nil]
    private static let encodings = ["7bit", "8bit", "quoted-printable", "base64", nil]

    mutating func text(_ count: Int) -> String {
        (0..<count).map { _ in Self.words[random.below(Self.words.count)] }.joined(
            separator: random.below(4) == 0 ? "" : " ")
    }

    mutating func message() -> StorableMessage {
        StorableMessage(Array((header() + (random.below(3) == 0 ? multipart() : part())).utf8))
    }

    private mutating func header() -> String {
        let subject = text(3)
        let encoded = random.below(2) == 0 ? subject : "=?utf-8?b?\(Self.base64(Array(subject.utf8)))?="
        return
            "Subject: \(encoded)\r\nFrom: \"\(text(1))\\\"\" <some.one@example.test>\r\nTo: \(text(1))<b@example.test>,\r\n c@d\r\n"
            + "X-Note: \(text(2))\r\n\t\(text(1))\r\n"
    }

    private mutating func multipart() -> String {
        let inner =
            random.below(2) == 0
            ? part() : "Content-Type: message/rfc822\r\n\r\nSubject: inner \(text(1))\r\n\r\n\(text(3))"
        return
            "Content-Type: multipart/mixed; boundary=zz\r\n\r\npreamble \(text(2))\r\n--zz\r\n\(part())\r\n--zz\r\n\(inner)"
            + "\r\n--zz--\r\nepilogue \(text(2))\r\n"
    }

    private mutating func part() -> String {
        let charset = Self.charsets[random.below(Self.charsets.count)]
        let encoding = Self.encodings[random.below(Self.encodings.count)]
        let type = random.below(5) == 0 ? "application/octet-stream" : "text/plain"
        var result = "Content-Type: \(type)\(charset.map { "; charset=\($0)" } ?? "")\r\n"
        if let encoding { result += "Content-Transfer-Encoding: \(encoding)\r\n" }
        let body = text(random.below(30))
        return result + "\r\n" + (encoding == "base64" ? Self.base64(Array(body.utf8)) : body) + "\r\n"
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var (result, held, bits) = ([UInt8](), UInt32(0), UInt32(0))
        for byte in bytes {
            held = held << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                result.append(digits[Int(held >> bits & 63)])
            }
        }
        if bits > 0 { result.append(digits[Int(held << (6 - bits) & 63)]) }
        while result.count % 4 != 0 { result.append(UInt8(ascii: "=")) }
        return String(decoding: result, as: UTF8.self)
    }

    /// A piece of what may be there, cut anywhere between characters.
    mutating func needle() -> [UInt8] {
        let whole = Array(text(2).unicodeScalars)
        let start = random.below(max(1, whole.count))
        let piece = whole.dropFirst(start).prefix(1 + random.below(8))
        return Array(String(String.UnicodeScalarView(Array(piece))).utf8)
    }

    mutating func key(_ depth: Int = 0) -> SearchKey {
        switch random.below(depth > 2 ? 5 : 9) {
        case 0: .body(needle())
        case 1: .text(needle())
        case 2: .envelope([.subject, .from, .to, .cc][random.below(4)], needle())
        case 3: .header(name: Array(["X-Note", "Subject", "To"][random.below(3)].utf8), text: needle())
        case 4: .flag(.seen)
        case 5: .not(key(depth + 1))
        case 6, 7: .and([key(depth + 1), key(depth + 1)])
        default: .or([key(depth + 1), key(depth + 1)])
        }
    }
}

extension SplitMix {
    fileprivate mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

@Suite struct IMAPSearchIndexTests {
    private func hits(_ key: SearchKey, _ account: Account, within bounds: UIDSet?) async throws -> [UID] {
        let all = try await account.read { reader -> (MailboxID, UIDRuns) in
            guard let inbox = try reader.mailbox(.inbox) else { throw StoreError.noSuchMailbox(nil) }
            return (inbox.id, UIDRuns(try reader.uids(in: inbox.id)))
        }
        let compiler = Self.compiler(all.1)
        return try await account.read { reader in
            let test = compiler.compile(key, try reader.keywords())
            var run = SearchRun(bounds.map { .and([.uids($0), test]) } ?? test, in: all.0)
            try run.readRows(reader, view: all.1)
            if run.wantsEnvelopes {
                var open: [MessageRow] = []
                while !run.isOver {
                    let batch = try run.readEnvelopes(reader)
                    open += batch.undecided
                    run.take(batch)
                }
                run.finishEnvelopes(open)
            }
            while !run.isOver { run.take(try run.readTexts(reader)) }
            return run.hits.uids
        }
    }

    /// In two halves at once, on two connections, however few they are.
    @Test(arguments: 11...14 as ClosedRange<UInt64>) func twoHalvesFindTheSame(seed: UInt64) async throws {
        let server = try await DialogueServer()
        let account = try await server.account("alice")
        var maker = MailMaker(random: SplitMix(state: seed))
        let trips = try await trips(
            account, (0..<60).map { _ in NewMessage(maker.message(), flags: [], receivedAt: 5) })
        for _ in 0..<40 {
            let key = maker.key()
            #expect(try await hits(key, account, by: trips) == hits(key, account, within: nil), "\(key)")
        }
        await server.stop()
    }

    /// Also what has been decided before there were halves.
    @Test func whatHalvesFindIsInOrder() async throws {
        let server = try await DialogueServer()
        let account = try await server.account("alice")
        let trips = try await trips(
            account,
            (1...8).map { number in
                let text = StorableMessage(Array("Subject: a\r\n\r\n\(number == 6 ? "zebra" : "lion")\r\n".utf8))
                return NewMessage(text, flags: number == 8 ? [.system(.seen)] : [], receivedAt: 5)
            })
        let found = try await hits(.or([.flag(.seen), .body(Array("zebra".utf8))]), account, by: trips)
        #expect(found == [UID(6), UID(8)])
        await server.stop()
    }

    /// Two halves from two messages on, of an INBOX with these in it.
    private func trips(_ account: Account, _ messages: [NewMessage]) async throws -> SearchTrips {
        let inbox = try await account.write { transaction in
            guard let inbox = try transaction.mailbox(.inbox) else { throw StoreError.noSuchMailbox(nil) }
            _ = try transaction.append(messages, to: inbox.id)
            return inbox.id
        }
        return SearchTrips(
            door: MailboxDoor(home: MailboxHome(account: account), id: inbox), budget: TimeBudget(seconds: 60),
            worthHalves: 2)
    }

    /// The other half, when one has failed.
    @Test func aCancelledSearchEnds() async throws {
        let server = try await DialogueServer()
        let account = try await server.account("alice")
        let zebra = StorableMessage(Array("Subject: a\r\n\r\nzebra\r\n".utf8))
        let trips = try await trips(account, [NewMessage(zebra, flags: [], receivedAt: 5)])
        for key in [SearchKey.body(Array("zebra".utf8)), .envelope(.subject, Array("a".utf8))] {
            let search = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await hits(key, account, by: trips)
            }
            await #expect(throws: CancellationError.self) { try await search.value }
        }
        await server.stop()
    }

    private func hits(_ key: SearchKey, _ account: Account, by trips: SearchTrips) async throws -> [UID] {
        let mailbox = trips.door.id
        var run = try await account.read { reader in
            let view = UIDRuns(try reader.uids(in: mailbox))
            let test = Self.compiler(view).compile(key, try reader.keywords())
            var run = SearchRun(test, in: mailbox)
            try run.readRows(reader, view: view)
            return run
        }
        if run.wantsEnvelopes { run = try await trips.throughEnvelopes(of: run) }
        return try await trips.throughTexts(of: run) { _ in }.hits.uids
    }

    private static func compiler(_ view: UIDRuns) -> SearchCompiler {
        SearchCompiler(view: MailboxView(uids: view, syncedTo: .zero), saved: UIDSet(), recent: UIDSet(), charset: nil)
    }

    /// With an index, with half of one and without: the same messages, whatever is asked.
    @Test(arguments: 1...8 as ClosedRange<UInt64>) func theIndexChangesNoAnswer(seed: UInt64) async throws {
        let server = try await DialogueServer(plan: { $0.storeOptions.searchIndex = true })
        let account = try await server.account("alice")
        var maker = MailMaker(random: SplitMix(state: seed))
        let messages = (0..<120).map {
            NewMessage(maker.message(), flags: $0 % 3 == 0 ? [.system(.seen)] : [], receivedAt: 5)
        }
        for half in [messages.prefix(60), messages.suffix(60)] {
            try await account.write { transaction in
                guard let inbox = try transaction.mailbox(.inbox) else { throw StoreError.noSuchMailbox(nil) }
                _ = try transaction.append(Array(half), to: inbox.id)
            }
            if half.startIndex == 0 { _ = try await server.server.store.fillIndex(of: account.id) }
        }
        var narrowed = 0
        for round in 0..<300 {
            if round == 150 { _ = try await server.server.store.fillIndex(of: account.id) }
            let key = maker.key()
            guard let query = Self.compiler(UIDRuns()).indexQuery(key) else { continue }
            let inbox = try await account.read { try $0.mailbox(.inbox)?.id }
            let bounds = try await account.candidates(query, in: try #require(inbox))
            narrowed += bounds == nil ? 0 : 1
            let (with, without) = (
                try await hits(key, account, within: bounds), try await hits(key, account, within: nil)
            )
            #expect(with == without, "\(key)")
        }
        #expect(narrowed > 50)
        await server.stop()
    }

    /// Over the wire, in a mailbox that the background has come to know.
    @Test func searchesFindTheSame() async throws {
        let server = try await DialogueServer(plan: { $0.storeOptions.searchIndex = true })
        try await server.put(["Subject: a\r\n\r\nzebra\r\n", "Subject: zebra\r\n\r\nlion\r\n"], into: "alice")
        _ = try await server.server.store.fillIndex(of: try await server.account("alice").id)
        let client = try await SessionClient(server, .imaps)
        _ = try await client.hear()
        for (command, expected) in [
            ("LOGIN alice secret", nil), ("SELECT INBOX", nil), ("SEARCH BODY zebra", "* SEARCH 1"),
            ("SEARCH TEXT zebra", "* SEARCH 1 2"), ("SEARCH SUBJECT zebra", "* SEARCH 2"),
            ("SEARCH NOT BODY zebra", "* SEARCH 2"), ("SEARCH BODY unheard", "* SEARCH"),
        ] as [(String, String?)] {
            await client.say("a \(command)")
            var heard: [String] = []
            repeat { heard.append(try await client.hear()) } while heard.last?.hasPrefix("a ") != true
            #expect(heard.last?.hasPrefix("a OK") == true)
            if let expected { #expect(heard.dropLast() == [expected]) }
        }
        await server.stop()
    }
}
