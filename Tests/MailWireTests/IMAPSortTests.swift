import MailMessage
import Testing

@testable import MailWire

@Suite("IMAP SORT and THREAD")
struct IMAPSortTests {
    private static func search(
        uid: Bool = false, _ returns: SearchReturns? = nil, _ charset: String = "UTF-8", _ key: SearchKey = .all,
        _ partial: PartialRange? = nil
    ) -> SearchCommand {
        SearchCommand(uid: uid, returns: returns, charset: charset, key: key, partial: partial)
    }

    @Test(
        "SORT",
        arguments: [
            CommandRow("SORT (DATE) UTF-8 ALL", .sort(.init(criteria: [.init(.date)], search: search()))),
            CommandRow(
                "uid sort (reverse arrival CC From size SUBJECT TO) US-ASCII SEEN NEW",
                .sort(
                    .init(
                        criteria: [
                            .init(.arrival, isReversed: true), .init(.cc), .init(.from), .init(.size), .init(.subject),
                            .init(.to),
                        ], search: search(uid: true, nil, "US-ASCII", .and([.flag(.seen), .new]))))),
            CommandRow(
                "SORT (DISPLAYFROM REVERSE DISPLAYTO) \"utf-8\" 1",
                .sort(
                    .init(
                        criteria: [.init(.displayFrom), .init(.displayTo, isReversed: true)],
                        search: search(nil, "utf-8", .sequence(firstMessage))))),
            CommandRow(
                "UID SORT RETURN () (DATE) UTF-8 ALL",
                .sort(.init(criteria: [.init(.date)], search: search(uid: true, .all)))),
            CommandRow(
                "SORT RETURN (MIN PARTIAL -1:-5 COUNT) (SIZE) UTF-8 ALL",
                .sort(
                    .init(
                        criteria: [.init(.size)],
                        search: search(
                            [.min, .partial, .count], "UTF-8", .all, PartialRange(1, 5, isFromEnd: true))))),
        ])
    func sort(row: CommandRow) throws { try expectCommand(row) }

    @Test(
        "THREAD",
        arguments: [
            CommandRow(
                "THREAD ORDEREDSUBJECT UTF-8 ALL", .thread(.init(algorithm: .orderedSubject, search: search()))),
            CommandRow(
                "UID THREAD references US-ASCII SEEN",
                .thread(.init(algorithm: .references, search: search(uid: true, nil, "US-ASCII", .flag(.seen))))),
            CommandRow("THREAD REFS UTF-8 ALL", .thread(.init(algorithm: .refs, search: search()))),
        ])
    func thread(row: CommandRow) throws { try expectCommand(row) }

    @Test(
        "PARTIAL",
        arguments: [
            ("PARTIAL 1:500", PartialRange(1, 500)), ("partial 500:1", PartialRange(500, 1)),
            ("PARTIAL -1:-4294967295", PartialRange(1, .max, isFromEnd: true)),
        ])
    func partial(text: String, range: PartialRange) throws {
        let wanted = SearchCommand(uid: true, returns: .partial, key: .all, partial: range)
        try expectCommand(CommandRow("UID SEARCH RETURN (\(text)) ALL", .search(wanted)))
    }

    @Test(
        "refusals",
        arguments: [
            RefusalRow(
                "SORT () UTF-8 ALL", .invalid, "Syntax error at byte 10: expected at least one of sort criteria"),
            RefusalRow("SORT (REVERSE) UTF-8 ALL", .invalid, "Syntax error at byte 10: expected a sort key"),
            RefusalRow(
                "SORT (REVERSE REVERSE DATE) UTF-8 ALL", .invalid, "Syntax error at byte 18: expected a sort key"),
            RefusalRow("SORT (COLOUR) UTF-8 ALL", .invalid, "Syntax error at byte 10: expected a sort key"),
            RefusalRow("SORT (DATE) UTF-8", .incomplete, "The command ended where a space was expected"),
            RefusalRow("SORT DATE UTF-8 ALL", .invalid, "Syntax error at byte 9: expected an opening parenthesis"),
            RefusalRow(
                "SORT (\([String](repeating: "DATE", count: 33).joined(separator: " "))) UTF-8 ALL", .limit,
                "Too much at byte 170: expected at most 32 of sort criteria"),
            RefusalRow(
                "THREAD JWZ UTF-8 ALL", .invalid,
                "Syntax error at byte 11: expected ORDEREDSUBJECT, REFERENCES or REFS"),
            RefusalRow("THREAD REFERENCES", .incomplete, "The command ended where a space was expected"),
            RefusalRow(
                "SEARCH RETURN (PARTIAL) ALL", .invalid, "Syntax error at byte 26: expected a space"),
            RefusalRow(
                "SEARCH RETURN (PARTIAL 0:5) ALL", .invalid, "Syntax error at byte 27: expected a place in the result"),
            RefusalRow(
                "SEARCH RETURN (PARTIAL -1:5) ALL", .invalid,
                "Syntax error at byte 30: expected a minus before both numbers"),
            RefusalRow(
                "SEARCH RETURN (PARTIAL 1:*) ALL", .invalid, "Syntax error at byte 29: expected a place in the result"),
            RefusalRow(
                "SEARCH RETURN (ALL PARTIAL 1:2) ALL", .invalid,
                "Syntax error at byte 23: expected only one of PARTIAL and ALL"),
            RefusalRow(
                "SEARCH RETURN (PARTIAL 1:2 ALL) ALL", .invalid,
                "Syntax error at byte 31: expected only one of PARTIAL and ALL"),
            RefusalRow(
                "SEARCH RETURN (PARTIAL 1:2 PARTIAL 3:4) ALL", .invalid,
                "Syntax error at byte 31: expected only one of PARTIAL and ALL"),
        ])
    func refusals(row: RefusalRow) { expectRefusal(row) }

    @Test("UID FETCH, a page of it")
    func fetchPage() throws {
        for (text, changedSince, partial) in [
            ("(PARTIAL 1:5)", nil, PartialRange(1, 5)),
            ("(changedsince 7 partial -1:-3)", modSeq(7), PartialRange(1, 3, isFromEnd: true)),
            ("(PARTIAL 9:8 CHANGEDSINCE 7)", modSeq(7), PartialRange(9, 8)),
        ] as [(String, ModSeq?, PartialRange)] {
            let command = FetchCommand(
                uid: true, set: everything, items: [.flags], changedSince: changedSince, partial: partial)
            try expectCommand(CommandRow("UID FETCH 1:* FLAGS " + text, .fetch(command)))
        }
        for text in [
            "FETCH 1 FLAGS (PARTIAL 1:2)", "UID FETCH 1 FLAGS ()", "UID FETCH 1 FLAGS (PARTIAL 1:2 PARTIAL 1:2)",
        ] {
            #expect(throws: IMAPSyntaxError.self) { try parse("a " + text) }
        }
    }

    @Test("CANCELUPDATE")
    func cancelUpdate() throws {
        try expectCommand(CommandRow("CANCELUPDATE \"a\" \"b c\"", .cancelUpdate(["a", "b c"])))
        expectRefusal(
            RefusalRow("CANCELUPDATE a", .invalid, "Syntax error at byte 17: expected a tag in quotes"))
        expectRefusal(RefusalRow("CANCELUPDATE", .incomplete, "The command ended where a space was expected"))
        let tags = [String](repeating: "\"t\"", count: IMAPLimits.cancelledTags)
        _ = try parse("a CANCELUPDATE " + tags.joined(separator: " "))
        #expect(throws: IMAPSyntaxError.self) {
            try parse("a CANCELUPDATE " + (tags + ["\"t\""]).joined(separator: " "))
        }
    }

    @Test(
        "places of a page",
        arguments: [
            (PartialRange(1, 3), 10, 0..<3), (PartialRange(3, 1), 10, 0..<3), (PartialRange(9, 12), 10, 8..<10),
            (PartialRange(10, 10), 10, 9..<10), (PartialRange(11, 12), 10, 0..<0), (PartialRange(1, 1), 0, 0..<0),
            (PartialRange(1, 3, isFromEnd: true), 10, 7..<10), (PartialRange(9, 12, isFromEnd: true), 10, 0..<2),
            (PartialRange(11, 12, isFromEnd: true), 10, 0..<0), (PartialRange(1, .max), 4, 0..<4),
        ] as [(PartialRange, Int, Range<Int>)])
    func places(range: PartialRange, count: Int, places: Range<Int>) { #expect(range.indices(of: count) == places) }
}
