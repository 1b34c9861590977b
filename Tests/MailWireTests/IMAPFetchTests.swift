import MailMessage
import Testing

@testable import MailWire

@Suite("IMAP FETCH")
struct IMAPFetchTests {
    private static func section(
        _ path: [Int], _ content: BodySection.Content = .all, _ partial: Partial? = nil, peek: Bool = false
    ) -> FetchItem {
        .section(BodySection(path: path, content: content, partial: partial, peek: peek))
    }

    @Test(
        "items",
        arguments: [
            ("FAST", [.flags, .internalDate, .size]), ("ALL", [.flags, .internalDate, .size, .envelope]),
            ("full", [.flags, .internalDate, .size, .envelope, .body]),
            ("ENVELOPE", [.envelope]), ("flags", [.flags]), ("INTERNALDATE", [.internalDate]), ("RFC822.SIZE", [.size]),
            ("UID", [.uid]), ("MODSEQ", [.modSeq]), ("BODY", [.body]), ("BODYSTRUCTURE", [.bodyStructure]),
            ("RFC822", [.rfc822]), ("(EMAILID threadid)", [.emailID, .threadID]),
            ("PREVIEW", [.preview(lazy: false)]), ("preview (lazy)", [.preview(lazy: true)]),
            ("(PREVIEW (LAZY) UID)", [.preview(lazy: true), .uid]), ("(PREVIEW UID)", [.preview(lazy: false), .uid]),
            ("RFC822.HEADER", [.rfc822Header]), ("RFC822.TEXT", [.rfc822Text]), ("(UID FLAGS uid)", [.uid, .flags]),
            ("BODY[]", [section([])]), ("BODY.PEEK[]", [section([], peek: true)]), ("BODY[1]", [section([1])]),
            ("BODY[1.2.3]", [section([1, 2, 3])]), ("BODY[HEADER]", [section([], .header)]),
            ("BODY[TEXT]", [section([], .text)]),
            ("BODY[1.MIME]", [section([1], .mime)]), ("BODY[4.1.HEADER]", [section([4, 1], .header)]),
            ("body.peek[2.text]<5.10>", [section([2], .text, Partial(offset: 5, count: 10), peek: true)]),
            ("BODY[]<0.18446744073709551615>", [section([], .all, Partial(offset: 0, count: .max))]),
            (
                "BODY.PEEK[HEADER.FIELDS (From \"X Y\" {2}\r\nTo)]",
                [section([], .headerFields([Array("From".utf8), Array("X Y".utf8), Array("To".utf8)]), peek: true)]
            ),
            ("BODY[1.HEADER.FIELDS.NOT (Received)]", [section([1], .headerFieldsNot([Array("Received".utf8)]))]),
            ("BINARY[]", [.binary(BinarySection(path: []))]),
            (
                "BINARY.PEEK[1.2]<3.4>",
                [.binary(BinarySection(path: [1, 2], partial: Partial(offset: 3, count: 4), peek: true))]
            ),
            ("BINARY.SIZE[2]", [.binarySize([2])]),
            ("(BODY BODY[] BODY.PEEK[] BODYSTRUCTURE)", [.body, section([]), section([], peek: true), .bodyStructure]),
        ] as [(String, [FetchItem])])
    func items(text: String, items: [FetchItem]) throws {
        let wanted = FetchCommand(uid: false, set: firstMessage, items: items, changedSince: nil)
        try expectCommand(CommandRow("FETCH 1 " + text, .fetch(wanted)))
        let vanished = FetchCommand(
            uid: true, set: firstMessage, items: items, changedSince: modSeq(12), vanished: true)
        try expectCommand(CommandRow("UID FETCH 1 " + text + " (vanished CHANGEDSINCE 12)", .fetch(vanished)))
        let since = FetchCommand(uid: true, set: firstMessage, items: items, changedSince: modSeq(12))
        try expectCommand(CommandRow("UID FETCH 1 " + text + " (CHANGEDSINCE 12)", .fetch(since)))
    }

    @Test(
        "what marks a message as seen",
        arguments: [
            ("BODY[]", true), ("BODY.PEEK[]", false), ("RFC822", true), ("RFC822.TEXT", true), ("RFC822.HEADER", false),
            ("BINARY[1]", true), ("BINARY.PEEK[1]", false), ("BINARY.SIZE[1]", false), ("BODY", false),
            ("ENVELOPE", false),
        ])
    func marksSeen(text: String, seen: Bool) throws {
        guard case .fetch(let fetch) = try parse("a FETCH 1 " + text).body else { return fail("no FETCH") }
        #expect(fetch.items.map(\.marksSeen) == [seen])
    }

    @Test(
        "pieces never leave the message",
        arguments: [
            (0, 10, 5, 0..<5), (2, 2, 5, 2..<4), (5, 1, 5, 5..<5), (6, 1, 5, 5..<5), (0, 0, 0, 0..<0),
            (UInt64.max, UInt64.max, 5, 5..<5), (1, UInt64.max, 5, 1..<5), (4, 1, 5, 4..<5),
        ] as [(UInt64, UInt64, Int, Range<Int>)])
    func partial(offset: UInt64, count: UInt64, size: Int, range: Range<Int>) {
        #expect(Partial(offset: offset, count: count).range(of: size) == range)
    }
}
