import MailMessage
import Testing

@Suite struct EnvelopeNeedleTests {
    private static let items: [EnvelopeText.Item] = [.subject, .from, .to, .cc, .bcc]
    private static let needles = [
        "a", "the", "hello", "re: ", "@", "example.test", "<a@", "b@elsewhere>", "zzz nothing", "\u{e4}", "B\u{fc}cher",
        "\"", "\\", "=?", "utf-8", ".", "x y", "needle", "anna", "list",
    ]

    /// The whole promise: what is said to be absent the real search does not find.
    @Test func neverExcludesWhatCanBeFound() throws {
        var excluded = 0
        for name in try Corpus.names(".eml") {
            ParsedMessage(try Corpus.bytes(name)).envelopeText.withUnsafeBytes { bytes in
                let envelope = EnvelopeText(bytes)
                for needle in Self.needles.map({ CaseFolding.fold($0) }) {
                    for item in Self.items where EnvelopeNeedle(needle).isAbsent(from: item, of: envelope) {
                        excluded += 1
                        #expect(!EnvelopeSearch.contains(item, needle, in: envelope), "\(name): \(text(needle))")
                    }
                }
            }
        }
        #expect(excluded > 0, "nothing is excluded")
    }

    private static let rows: [(message: String, item: EnvelopeText.Item, needle: String, isAbsent: Bool)] = [
        ("Subject: Hello World\n\nx\n", .subject, "hello w", false),
        ("Subject: Hello World\n\nabsent\n", .subject, "absent", true),
        ("Subject: say \"one\" and \\two\n\nx\n", .subject, "\"one\" and \\two", false),
        ("From: Anna Berg <anna@example.test>\n\nx\n", .from, "anna berg <anna@example.test>", false),
        ("From: Anna Berg <anna@example.test>\n\nx\n", .from, "anna berg <anne@example.test>", false),
        ("From: Anna Berg <anna@example.test>\n\nx\n", .from, "anna berg <anna@exemple.test>", true),
        ("From: Anna <anna@example.test>\n\nx\n", .subject, "anna", true),
        ("Subject: anna\nFrom: =?utf-8?Q?Anna?= <a@example.test>\n\nx\n", .from, "anna", false),
        ("Subject: bo\nFrom: =?utf-8?Q?Anna?= <a@example.test>\n\nx\n", .subject, "anna", true),
        ("Subject: =?utf-8?Q?absent?=\n\nx\n", .subject, "other", false),
        ("Subject: \u{ff41}bsent\n\nx\n", .subject, "absent", false),
        ("Subject: one\n\nx\n", .subject, " \" ", false),
        ("Subject: one\n\nx\n", .cc, "one", true),
    ]

    @Test(arguments: rows) func says(_ row: (message: String, item: EnvelopeText.Item, needle: String, isAbsent: Bool))
    {
        ParsedMessage(mail(row.message)).envelopeText.withUnsafeBytes {
            let needle = EnvelopeNeedle(CaseFolding.fold(row.needle))
            #expect(needle.isAbsent(from: row.item, of: EnvelopeText($0)) == row.isAbsent)
        }
    }

    /// From a damaged database: nothing is known.
    @Test(arguments: ["", "(", "(NIL", "(NIL \"one", "(NIL {9}\r\none"]) func damaged(_ envelope: String) {
        Array(envelope.utf8).withUnsafeBytes {
            #expect(!EnvelopeNeedle(Array("ONE".utf8)).isAbsent(from: .subject, of: EnvelopeText($0)))
        }
    }
}
