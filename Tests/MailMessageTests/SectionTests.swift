import MailMessage
import Testing

struct SectionTests {
    private static let rows: [(mail: String, path: [Int], section: SectionText, expected: String?)] = [
        ("plain", [], .text, "Hello,\r\nworld.\r\n"), ("plain", [1], .whole, "Hello,\r\nworld.\r\n"),
        ("plain", [1], .text, nil),
        ("plain", [1], .header, nil), ("plain", [2], .whole, nil), ("plain", [1, 1], .whole, nil),
        ("plain", [0], .whole, nil),
        ("plain", [-1], .whole, nil), ("plain", [], .mime, nil),
        ("nested", [1, 1], .whole, "Gr=C3=BC=C3=9Fe"),
        ("nested", [1, 2], .mime, "Content-Type: text/html; charset=utf-8\r\n\r\n"),
        ("nested", [1, 2], .whole, "<p>x</p>\r\n"), ("nested", [2], .whole, "AAAA"),
        ("nested", [1, 2, 1], .whole, nil),
        ("nested", [3], .whole, nil), ("nested", [1, 3], .whole, nil), ("nested", [2], .header, nil),
        (
            "nested", [1], .mime,
            "Content-Type: multipart/alternative; boundary=inner\r\nContent-Language: en, de\r\n\r\n"
        ),
        ("embedded", [1], .whole, "see below"), ("embedded", [2, 1], .whole, "first"),
        ("embedded", [2, 2, 1], .whole, "deep"),
        ("embedded", [2], .mime, "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n"),
        ("embedded", [2, 2], .header, "Subject: innermost\r\n\r\n"), ("embedded", [2, 2], .text, "deep"),
        ("embedded", [2, 2], .whole, "Subject: innermost\r\n\r\ndeep"),
        ("embedded", [2, 2, 1], .mime, "Subject: innermost\r\n\r\n"),
        ("embedded", [2, 3], .whole, nil), ("embedded", [2, 2, 2], .whole, nil),
        ("embedded", [2, 2, 1, 1], .whole, nil),
        ("message-root", [1], .whole, "Subject: inside\r\nFrom: x@example.org\r\n\r\ntext\r\n"),
        ("message-root", [1], .header, "Subject: inside\r\nFrom: x@example.org\r\n\r\n"),
        ("message-root", [1], .text, "text\r\n"),
        ("message-root", [1, 1], .whole, "text\r\n"), ("message-root", [1, 1, 1], .whole, nil),
        ("message-root", [2], .whole, nil),
    ]

    @Test(arguments: rows)
    func sections(_ row: (mail: String, path: [Int], section: SectionText, expected: String?)) throws {
        let bytes = try Corpus.bytes(row.mail + ".eml")
        #expect(ParsedMessage(bytes).range(of: row.path, row.section).map { text(bytes[$0]) } == row.expected)
    }

    @Test func everyPartIsFoundUnderItsOwnPath() throws {
        for name in try Corpus.names(".eml") {
            let bytes = try Corpus.bytes(name)
            let message = ParsedMessage(bytes)
            for part in message.parts where !part.path.isEmpty {
                let isEmbeddedMultipart =
                    part.kind == .multipart && part.parent.map { message.parts[$0].kind } == .message
                let found = message.range(of: part.path, isEmbeddedMultipart ? .text : .whole)
                #expect(found == part.bodyRange, "\(name) \(part.path)")
            }
        }
    }
}
