import MailMessage
import Testing

@Suite struct EnvelopeScanTests {
    private static let items: [EnvelopeText.Item] = [.subject, .from, .to, .cc, .bcc]
    private static let needles = [
        "a", "the", "hello", "re: ", "@", "example.test", "<a@", "b@elsewhere>", "zzz nothing", "\u{e4}", "B\u{fc}cher",
        "\"", "\\", "=?", "utf-8", ".", "x y", "needle", "anna", "list",
    ]

    /// The whole promise: what the scan excludes the real search does not find.
    @Test func neverExcludesWhatCanBeFound() throws {
        var excluded = 0
        var scan = EnvelopeScan()
        for name in try Corpus.names(".eml") {
            ParsedMessage(try Corpus.bytes(name)).envelopeText.withUnsafeBytes { bytes in
                scan.load(bytes)
                for needle in Self.needles.map({ CaseFolding.fold($0) }) where scan.lacks(EnvelopeScan.Needle(needle)) {
                    excluded += 1
                    for item in Self.items {
                        #expect(
                            !EnvelopeSearch.contains(item, needle, in: EnvelopeText(bytes)), "\(name): \(text(needle))")
                    }
                }
            }
        }
        #expect(excluded > 0, "the scan excludes nothing")
    }

    private static let rows: [(message: String, needle: String, lacks: Bool)] = [
        ("Subject: Hello World\n\nx\n", "hello w", false),
        ("Subject: Hello World\n\nabsent\n", "absent", true),
        ("Subject: say \"one\" and \\two\n\nx\n", "\"one\" and \\two", false),
        ("From: Anna Berg <anna@example.test>\n\nx\n", "anna berg <anna@example.test>", false),
        ("From: Anna Berg <anna@example.test>\n\nx\n", "anna berg <anne@example.test>", false),
        ("From: Anna Berg <anna@example.test>\n\nx\n", "anna berg <anna@exemple.test>", true),
        ("Subject: =?utf-8?Q?absent?=\n\nx\n", "other", false),
        ("Subject: \u{ff41}bsent\n\nx\n", "absent", false),
        ("Subject: one\n\nx\n", " \" ", false),
    ]

    @Test(arguments: rows) func says(_ row: (message: String, needle: String, lacks: Bool)) {
        var scan = EnvelopeScan()
        // A longer envelope before it must leave no trace.
        let long = String(repeating: "a long line, ", count: 20)
        for bytes in [mail("Subject: \(long)\(row.needle)\n\nx\n"), mail(row.message)] {
            ParsedMessage(bytes).envelopeText.withUnsafeBytes { scan.load($0) }
        }
        #expect(scan.lacks(EnvelopeScan.Needle(CaseFolding.fold(row.needle))) == row.lacks)
    }
}
