import MailMessage
import Testing

@testable import MailWire

@Suite("IMAP SEARCH")
struct IMAPSearchTests {
    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    private static func field(_ name: String, _ text: String) -> SearchKey {
        .header(name: bytes(name), text: bytes(text))
    }
    private static func envelope(_ field: SearchKey.EnvelopeField, _ text: String) -> SearchKey {
        .envelope(field, bytes(text))
    }
    private static let newYear = CalendarDay(year: 2026, month: 1, day: 2)
    private static func date(_ field: SearchKey.DateField, _ relation: SearchKey.DateRelation) throws -> SearchKey {
        .date(field, relation, try #require(newYear))
    }

    @Test(
        "keys",
        arguments: [
            ("ALL", .all), ("NEW", .new), ("OLD", .old), ("RECENT", .recent), ("all", .all),
            ("ANSWERED", .flag(.answered)), ("DELETED", .flag(.deleted)), ("DRAFT", .flag(.draft)),
            ("FLAGGED", .flag(.flagged)),
            ("SEEN", .flag(.seen)), ("UNANSWERED", .notFlag(.answered)), ("UNDELETED", .notFlag(.deleted)),
            ("UNDRAFT", .notFlag(.draft)), ("UNFLAGGED", .notFlag(.flagged)), ("UNSEEN", .notFlag(.seen)),
            ("FROM a", envelope(.from, "a")), ("to \"b c\"", envelope(.to, "b c")),
            ("CC {1+}\r\nd", envelope(.cc, "d")),
            ("BCC \"\"", envelope(.bcc, "")), ("SUBJECT \u{22}\u{fc}\u{22}", envelope(.subject, "\u{fc}")),
            ("HEADER X-Spam \"\"", field("X-Spam", "")), ("BODY x", .body([0x78])),
            ("TEXT {3}\r\na\"b", .text(bytes("a\"b"))),
            ("EMAILID M1-2", .emailID("M1-2")), ("threadid T_9", .threadID("T_9")),
            ("LARGER 0", .larger(0)), ("SMALLER 18446744073709551615", .smaller(.max)),
            ("1", .sequence(firstMessage)), ("1:*", .sequence(everything)), ("$", .sequence(.saved)),
            ("*:4,7", .sequence(.ranges([.init(.largest, .number(4)), .init(.number(7), .number(7))]))),
            ("UID 1", .uid(firstMessage)), ("UID $", .uid(.saved)),
            ("MODSEQ 5", .modSeq(modSeq(5))),
            ("MODSEQ \"/flags/\\\\draft\" all 620162338", .modSeq(modSeq(620_162_338))),
            ("MODSEQ \"/flags/x\" PRIV 0", .modSeq(.zero)),
            ("FUZZY BODY x", .fuzzy(.body([0x78]))), ("NOT fuzzy SEEN", .not(.fuzzy(.flag(.seen)))),
            ("FUZZY (SEEN BODY x)", .fuzzy(.and([.flag(.seen), .body([0x78])]))),
            ("FUZZY SEEN NEW", .and([.fuzzy(.flag(.seen)), .new])),
            ("FUZZY OR SEEN NEW", .fuzzy(.or([.flag(.seen), .new]))),
            ("OLDER 1", .older(1)), ("younger 4294967295", .younger(.max)), ("SAVEDATESUPPORTED", .saveDateSupported),
        ] as [(String, SearchKey)])
    func keys(text: String, key: SearchKey) throws {
        try expectCommand(CommandRow("SEARCH " + text, .search(SearchCommand(uid: false, key: key))))
    }

    @Test("keywords and dates")
    func keywordsAndDates() throws {
        let rows: [(String, SearchKey)] = [
            ("KEYWORD $Junk", .keyword(try keyword("$junk"))), ("UNKEYWORD x", .notKeyword(try keyword("x"))),
            ("BEFORE 2-Jan-2026", try Self.date(.received, .before)),
            ("ON \"02-JAN-2026\"", try Self.date(.received, .on)),
            ("SINCE 02-jan-2026", try Self.date(.received, .since)),
            ("SENTBEFORE 2-Jan-2026", try Self.date(.sent, .before)),
            ("SENTON 2-Jan-2026", try Self.date(.sent, .on)), ("SENTSINCE 2-Jan-2026", try Self.date(.sent, .since)),
            ("SAVEDBEFORE 2-Jan-2026", try Self.date(.saved, .before)),
            ("SAVEDON 2-Jan-2026", try Self.date(.saved, .on)),
            ("SavedSince 2-Jan-2026", try Self.date(.saved, .since)),
        ]
        for (text, key) in rows {
            try expectCommand(CommandRow("UID SEARCH " + text, .search(SearchCommand(uid: true, key: key))))
        }
    }

    @Test(
        "programs",
        arguments: [
            ("SEEN DRAFT", .and([.flag(.seen), .flag(.draft)])),
            ("(SEEN)", .flag(.seen)),
            ("(SEEN DRAFT) OLD", .and([.and([.flag(.seen), .flag(.draft)]), .old])),
            ("NOT SEEN DRAFT", .and([.not(.flag(.seen)), .flag(.draft)])),
            ("NOT NOT SEEN", .not(.not(.flag(.seen)))),
            ("NOT (SEEN DRAFT)", .not(.and([.flag(.seen), .flag(.draft)]))),
            ("OR SEEN DRAFT", .or([.flag(.seen), .flag(.draft)])),
            ("OR SEEN OR DRAFT OLD", .or([.flag(.seen), .flag(.draft), .old])),
            ("OR OR SEEN DRAFT OLD NEW", .and([.or([.flag(.seen), .flag(.draft), .old]), .new])),
            ("OR (SEEN DRAFT) NOT OLD", .or([.and([.flag(.seen), .flag(.draft)]), .not(.old)])),
            ("OR NOT OR SEEN DRAFT (OLD)", .or([.not(.or([.flag(.seen), .flag(.draft)])), .old])),
            ("((((1))))", .sequence(firstMessage)),
        ] as [(String, SearchKey)])
    func programs(text: String, key: SearchKey) throws {
        try expectCommand(CommandRow("SEARCH " + text, .search(SearchCommand(uid: false, key: key))))
    }

    @Test(
        "what to return, and the charset",
        arguments: [
            ("RETURN () ALL", .all, nil), ("RETURN (ALL) ALL", .all, nil),
            ("return (min MAX count) ALL", [.min, .max, .count], nil),
            ("RETURN (UPDATE context) ALL", [.update, .context], nil),
            ("RETURN (SAVE) CHARSET UTF-8 ALL", .save, "UTF-8"), ("CHARSET \"iso 1\" ALL", nil, "iso 1"),
            ("ALL", nil, nil),
        ] as [(String, SearchReturns?, String?)])
    func options(text: String, returns: SearchReturns?, charset: String?) throws {
        let wanted = SearchCommand(uid: true, returns: returns, charset: charset, key: .all)
        try expectCommand(CommandRow("UID SEARCH " + text, .search(wanted)))
    }

    @Test("nesting is limited, chains of OR are not")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            "a SEARCH " + String(repeating: "(", count: depth) + "ALL" + String(repeating: ")", count: depth)
        }
        _ = try parse(nested(IMAPLimits.searchDepth - 1))
        _ = try parse(nested(IMAPLimits.searchDepth))
        #expect { try parse(nested(IMAPLimits.searchDepth + 1)) } throws: {
            ($0 as? IMAPSyntaxError)?.reason == .limit
        }
        #expect { try parse("a SEARCH " + String(repeating: "(", count: 60_000)) } throws: {
            ($0 as? IMAPSyntaxError)?.reason == .limit
        }
        let chain = String(repeating: "OR SEEN ", count: 5_000) + "OLD"
        let command = try parse("a SEARCH " + chain)
        #expect(
            command.body
                == .search(
                    SearchCommand(uid: false, key: .or([SearchKey](repeating: .flag(.seen), count: 5_000) + [.old]))))
    }
}
