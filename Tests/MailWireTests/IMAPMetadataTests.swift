import MailMessage
import Testing

@testable import MailWire

@Suite("Annotations")
struct IMAPMetadataTests {
    private static func entry(_ name: String) -> MetadataEntry {
        MetadataEntry(name) ?? MetadataEntry("/shared/broken-test") ?? { preconditionFailure() }()
    }
    private static let comment = entry("/private/comment")

    @Test(
        "names",
        arguments: [
            ("/private/comment", true), ("/Shared/Vendor/X", true), ("/private", true), ("/shared", true), ("", false),
            ("private/comment", false), ("/private/", false), ("/private//x", false), ("/privates/x", false),
            ("/private/a*", false), ("/private/a%", false), ("/private/\u{e4}", false), ("/private/a\u{1}", false),
            ("/other/x", false), ("/", false),
        ])
    func names(text: String, isOne: Bool) {
        #expect(MetadataEntry(text)?.name == (isOne ? text.lowercased() : nil))
    }

    @Test("names up to the limit", arguments: [(0, true), (1, false)])
    func longest(excess: Int, isOne: Bool) {
        let name = "/shared/" + String(repeating: "a", count: MetadataEntry.maximumLength - 8 + excess)
        #expect((MetadataEntry(name) != nil) == isOne)
    }

    static let good: [CommandRow] = [
        CommandRow(
            "GETMETADATA x /private/comment",
            .getMetadata(GetMetadataCommand(mailbox: mailbox("x"), options: .init(), entries: [comment]))),
        CommandRow(
            "GETMETADATA \"\" (/private/comment /SHARED/a /shared/A)",
            .getMetadata(
                GetMetadataCommand(mailbox: mailbox(""), options: .init(), entries: [comment, entry("/shared/a")]))),
        CommandRow(
            "GETMETADATA (MAXSIZE 1024 DEPTH infinity) x /private/comment",
            .getMetadata(
                GetMetadataCommand(
                    mailbox: mailbox("x"), options: .init(maxSize: 1_024, depth: .infinity), entries: [comment]))),
        CommandRow(
            "GETMETADATA (DEPTH 1) x \"/private/comment\"",
            .getMetadata(
                GetMetadataCommand(mailbox: mailbox("x"), options: .init(depth: .one), entries: [comment]))),
        CommandRow(
            "SETMETADATA x (/private/comment NIL /shared/a \"v\")",
            .setMetadata(
                SetMetadataCommand(
                    mailbox: mailbox("x"), changes: [.init(comment, nil), .init(entry("/shared/a"), [0x76])]))),
        CommandRow(
            "SETMETADATA x (/private/comment ~{2}\r\n\u{0}a)",
            .setMetadata(SetMetadataCommand(mailbox: mailbox("x"), changes: [.init(comment, [0, 0x61])]))),
    ]

    @Test("commands", arguments: good)
    func commands(row: CommandRow) throws { try expectCommand(row) }

    @Test(
        "what is refused",
        arguments: [
            RefusalRow(
                "GETMETADATA x /other/x", .invalid,
                "Syntax error at byte 18: expected an entry such as /private/comment"),
            RefusalRow(
                "GETMETADATA (DEPTH 2) x /shared/a", .invalid, "Syntax error at byte 23: expected 0, 1 or infinity"),
            RefusalRow(
                "GETMETADATA (SIZE 2) x /shared/a", .invalid, "Syntax error at byte 17: expected MAXSIZE or DEPTH"),
            RefusalRow(
                "SETMETADATA x (/private \"v\")", .invalid,
                "Syntax error at byte 19: expected an entry below /private or /shared"),
            RefusalRow("SETMETADATA x (/shared/a v)", .invalid, "Syntax error at byte 29: expected a value or NIL"),
            RefusalRow("SETMETADATA x ()", .invalid, "Syntax error at byte 19: expected at least one of entries"),
            RefusalRow("SETMETADATA x (/shared/a", .incomplete, "The command ended where a space was expected"),
        ])
    func refusals(row: RefusalRow) { expectRefusal(row) }

    @Test("entries of one command are counted", arguments: [(0, true), (1, false)])
    func counted(excess: Int, isTaken: Bool) {
        let names = (0..<(IMAPLimits.metadataEntries + excess)).map { "/shared/a\($0)" }.joined(separator: " ")
        #expect(((try? parse("a GETMETADATA x (\(names))")) != nil) == isTaken)
    }

    @Test(
        "which entries a depth means",
        arguments: [
            (.zero, [true, false, false, false]), (.one, [true, true, false, false]),
            (.infinity, [true, true, true, false]),
        ] as [(MetadataOptions.Depth, [Bool])])
    func depth(depth: MetadataOptions.Depth, wanted: [Bool]) {
        let names = ["/shared/a", "/shared/a/b", "/shared/a/b/c", "/shared/ab"]
        let options = MetadataOptions(depth: depth)
        #expect(names.map { options.covers(Self.entry($0), asked: Self.entry("/shared/a")) } == wanted)
    }
}
