import MailMessage
import Testing

@Suite struct PlainScanTests {
    private static let needles = [
        "a", "the", "hello", "world", "Subject: ", "from:", "content-type", "=?", "x y", "text/plain", "zzz nothing",
        "ä", "boundary", "iso-8859", "needle", "B\u{fc}cher", "utf", "@", "--", ".", "re: ", "1.0",
    ]

    /// The whole promise: what the scan excludes the real search does not find.
    @Test func neverExcludesWhatCanBeFound() throws {
        var excluded = 0
        for name in try Corpus.names(".eml") {
            let bytes = try Corpus.bytes(name)
            let message = ParsedMessage(bytes)
            let search = MessageSearch(bytes, message)
            var scan = PlainScan()
            message.bodyStructureText.withUnsafeBytes { structure in
                bytes.withUnsafeBytes { scan.load($0, structure: structure, for: .headersToo) }
            }
            for needle in Self.needles.map({ CaseFolding.fold($0) }) {
                if scan.lacks(PlainScan.Needle(needle), in: .body) {
                    excluded += 1
                    #expect(try !search.body(contains: needle), "\(name): \(text(needle))")
                }
                if scan.lacks(PlainScan.Needle(needle), in: .headersToo) {
                    #expect(try !search.text(contains: needle), "\(name): \(text(needle))")
                }
            }
        }
        #expect(excluded > 0, "the scan excludes nothing")
    }

    /// TEXT spares plain headers; what it looks into is the same as for an index, which spares none.
    @Test func textFindsWhatItsPiecesHold() throws {
        var found = 0
        for name in try Corpus.names(".eml") {
            let bytes = try Corpus.bytes(name)
            let search = MessageSearch(bytes, ParsedMessage(bytes))
            var pieces: [[UInt8]] = []
            try search.eachText { pieces.append($1) }
            for needle in Self.needles.map({ CaseFolding.fold($0) }) {
                let isThere = pieces.contains { ByteSearch.contains($0, needle) }
                found += isThere ? 1 : 0
                #expect(try search.text(contains: needle) == isThere, "\(name): \(text(needle))")
            }
        }
        #expect(found > 100)
    }

    private static func attached(_ type: String, _ encoding: String, _ content: String) -> String {
        """
        Content-Type: multipart/mixed; boundary=b

        --b

        text
        --b
        Content-Type: \(type)
        Content-Transfer-Encoding: \(encoding)

        \(content)
        --b--

        """
    }

    private static let rows: [(message: String, needle: String, body: Bool, text: Bool)] = [
        ("Subject: one\n\nHello World\n", "hello w", false, false),
        ("Subject: one\n\nHello World\n", "hello x", false, false),
        ("Subject: one\n\nHello World\n", "absent", true, true),
        ("Subject: one\n two\n\nx\n", "one two", false, false),
        ("Subject: one\n\nx\n", "subject: one", false, false),
        ("Subject: =?utf-8?Q?absent?=\n\nx\n", "other", true, true),
        ("Subject: =?utf-8?Q?absent?=\n\nx\n", "absent", false, false),
        ("To: a\nSubject: =?utf-8?Q?abs?=\n =?utf-8?Q?ent?=\nCc: b\n\nx\n", "absent", true, false),
        ("Subject: x\n =?utf-8?B?QWJzZW50?=\n\nx\n", "absent", true, false),
        ("Subject: =?utf-8?Q?=C3=A4bsent?=\n\nx\n", "\u{c4}BSENT", true, false),
        ("Subject: =?utf-8?Q?abs?=\nX: =?utf-8?Q?ent?=\n\nx\n", "absent", true, true),
        ("Subject: a=?\n\nx=", "absent", true, true),
        ("Subject: ab\rsent\n\nx\n", "absent", true, false),
        ("Subject: one\nContent-Transfer-Encoding: base64\n\nYWJzZW50\n", "absent", false, false),
        ("Content-Transfer-Encoding: quoted-printable\n\nabs=\nent\n", "absent", false, false),
        ("Content-Type: text/plain; charset=utf-7\n\nab+AHM-ent\n", "absent", false, false),
        ("Content-Type: text/plain; charset=\"iso-8859-15\"\n\nx\n", "absent", true, true),
        ("Content-Type: message/rfc822\n\nSubject: abs\n ent\n\nx\n", "absent", false, false),
        ("Subject: one\n\n\u{ff41}bsent\n", "absent", false, false),
        ("Subject: one\n\n=?utf-8?Q?absent?=\n", "absent", false, false),
        ("Subject: one\n\n=?utf-8?Q?=61bsent?=\n", "absent", true, true),
        ("\n=?utf-8?Q?=61bsent?=\n", "absent", true, false),
        ("Subject: one\n\nx\n\nSubject: =?utf-8?Q?=61bsent?=\n", "absent", true, true),
        (attached("text/plain; name=\"=?utf-8?Q?=61bsent?=\"", "7bit", "x"), "absent", true, false),
        (attached("application/pdf", "base64", "YWJzZW50"), "absent", true, true),
        (attached("application/pdf; name=absent", "base64", "eA=="), "absent", false, false),
        (attached("application/octet-stream", "quoted-printable", "abs=\nent"), "absent", true, true),
        (attached("text/csv", "base64", "YWJzZW50"), "absent", false, false),
        (attached("text/html", "quoted-printable", "abs=\nent"), "absent", false, false),
        (attached("message/rfc822", "7bit", "Subject: abs\n ent\n\nx"), "absent", false, false),
        (attached("image/png; name=\"\\\"BASE64\\\" 1 1\"", "7bit", "x"), "absent", true, true),
        ("Subject: one\n\nx\n", " : ", false, false),
        ("Subject: one\n\nx\n", "\u{e4}", true, true),
    ]

    @Test(arguments: rows) func says(_ row: (message: String, needle: String, body: Bool, text: Bool)) {
        let bytes = mail(row.message)
        let needle = PlainScan.Needle(CaseFolding.fold(row.needle))
        var scan = PlainScan()
        // A longer message before it must leave no trace.
        for bytes in [bytes + Array(repeating: UInt8(ascii: "z"), count: 99) + CaseFolding.fold(row.needle), bytes] {
            ParsedMessage(bytes).bodyStructureText.withUnsafeBytes { structure in
                bytes.withUnsafeBytes { scan.load($0, structure: structure, for: .headersToo) }
            }
        }
        #expect(scan.lacks(needle, in: .body) == row.body)
        #expect(scan.lacks(needle, in: .headersToo) == row.text)
    }
}
