import MailMessage
import Testing

@Suite struct ThreadLinksTests {
    private static let rows: [(header: String, own: String?, references: [String])] = [
        ("Subject: x\n\n", nil, []),
        ("Message-ID: <a@b>\n\n", "a@b", []),
        ("Message-Id:\n <\"a\"@b> (comment)\n\n", "a@b", []),
        ("Message-ID: <\"a\\\"c\"@b>\n\n", "a\"c@b", []),
        ("Message-ID: <\"\"@b>\n\n", "\"\"@b", []),
        ("Message-ID: a@b\n\n", nil, []), ("Message-ID: <ab>\n\n", nil, []), ("Message-ID: <@b>\n\n", nil, []),
        ("Message-ID: <a@>\n\n", nil, []),
        ("References: <a@b> <c@d>\n <e@f>\nIn-Reply-To: <x@y>\n\n", nil, ["a@b", "c@d", "e@f"]),
        ("References: nonsense\nIn-Reply-To: your mail <x@y> <z@y>\n\n", nil, ["x@y"]),
        ("References:\nIn-Reply-To: <nonsense>\n\n", nil, []),
        ("References: <a@b><nonsense><c@d>\n\n", nil, ["a@b", "c@d"]),
    ]

    @Test(arguments: rows) func links(_ row: (header: String, own: String?, references: [String])) {
        let links = ThreadLinks(Header(mail(row.header)))
        #expect(links.own.map(text) == row.own)
        #expect(links.references.map(text) == row.references)
    }
}
