import MailMessage
import Testing

struct SearchTests {
    private let bytes = mail(
        """
        From: =?utf-8?Q?J=C3=B6rg?= <j@example.org>
        Subject: Hello
         World
        X-Empty:
        Content-Type: multipart/mixed; boundary=b

        preamble words
        --b
        Content-Type: text/plain; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        Gr=FC=DFe aus M=DCNCHEN, soft=
        break
        --b
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: base64

        PGI+QmFzZTY0IFRleHQ8L2I+
        --b
        Content-Type: image/png; name=secret.png

        needleinimage
        --b
        Content-Type: message/rfc822

        Subject: Inner =?utf-8?B?w4RwZmVs?=

        inner body
        --b
        Content-Type: text/plain; charset=iso-2022-jp

        \u{1b}$BF|K\\\u{1b}(B
        --b--

        """)

    private static let headerRows: [(name: String, text: String, found: Bool)] = [
        ("from", "jörg", true), ("FROM", "J@EXAMPLE", true), ("Subject", "hello world", true),
        ("subject", "worlds", false),
        ("X-Empty", "", true), ("X-Empty", "a", false), ("X-None", "", false), ("Subject", "inner", false),
    ]

    @Test(arguments: headerRows)
    func header(_ row: (name: String, text: String, found: Bool)) {
        let search = MessageSearch(bytes, ParsedMessage(bytes))
        #expect(search.header(row.name, contains: CaseFolding.fold(row.text)) == row.found)
    }

    private static let bodyRows: [(text: String, body: Bool, text2: Bool)] = [
        ("grüße aus münchen", true, true), ("softbreak", true, true), ("base64 text", true, true),
        ("PGI+", false, false),
        ("needleinimage", false, false), ("secret.png", false, true), ("äpfel", true, true), ("inner body", true, true),
        ("日本", true, true), ("hello world", false, true), ("jörg", false, true), ("nowhere", false, false),
        ("x-empty:", false, true),
    ]

    @Test(arguments: bodyRows)
    func bodyAndText(_ row: (text: String, body: Bool, text2: Bool)) throws {
        let search = MessageSearch(bytes, ParsedMessage(bytes))
        #expect(try search.body(contains: CaseFolding.fold(row.text)) == row.body)
        #expect(try search.text(contains: CaseFolding.fold(row.text)) == row.text2)
    }

    /// Parts beyond one window are searched in pieces: what stands on a seam is found, encoded or not.
    @Test(arguments: [false, true], [-8, 0]) func seams(isEncoded: Bool, place: Int) throws {
        let needle = Array("needle on a seam".utf8)
        let line = Array((String(repeating: "x", count: 76) + "\r\n").utf8)
        let start = (isEncoded ? MessageSearch.window / 78 * 57 : MessageSearch.window) + place
        var text = Array(Array(repeating: line, count: start / line.count + 1).joined().prefix(start))
        text += needle + Array(Array(repeating: line, count: 300).joined())
        let header = Array("Content-Transfer-Encoding: \(isEncoded ? "base64" : "7bit")\r\n\r\n".utf8)
        let body = isEncoded ? TransferEncoder.base64Text(text) : text
        let message = header + body
        let search = MessageSearch(ParsedMessage(message), size: message.count) { range in
            #expect(range.count <= MessageSearch.window)
            return message[range]
        }
        #expect(try search.body(contains: CaseFolding.fold(utf8: needle)))
        #expect(try search.text(contains: Array("NO SUCH NEEDLE".utf8)) == false)
    }

    private static let foldRows: [(text: String, folded: String)] = [
        ("", ""), ("AbC[]@Z{z`", "ABC[]@Z{Z`"), ("ä", "A\u{308}"), ("A\u{308}", "A\u{308}"), ("привет", "ПРИВЕТ"),
        ("日本", "日本"), ("\u{1c6}", "DZ\u{30c}"), ("\u{fb01}le", "FILE"), ("\u{ff41}", "A"), ("a\u{a0}b", "A B"),
        ("\u{212a}", "K"), ("ß", "ß"), ("\u{2f800}", "\u{4e3d}"), ("가", "가"), ("\u{10428}", "\u{10400}"),
    ]

    @Test(arguments: foldRows)
    func folds(_ row: (text: String, folded: String)) { #expect(text(CaseFolding.fold(row.text)) == row.folded) }
}
