import MailMessage
import Testing

struct HeaderTests {
    @Test func fieldsKeepTheirBytes() throws {
        let header = Header(Array("A: 1\r\nB : two\r\n  three \r\n\tfour\r\na:5\r\nEmpty:\r\n\r\nC: body\r\n".utf8))
        #expect(header.fields.map(\.nameText) == ["A", "B", "a", "Empty"])
        #expect(text(try #require(header.first("b")).unfolded) == "two  three \tfour")
        #expect(text(try #require(header.first("B")).raw) == "B : two\r\n  three \r\n\tfour\r\n")
        #expect(header.all("A").map { text($0.unfolded) } == ["1", "5"])
        #expect(header.all("a").map(\.range) == [0..<6, 32..<37])
        #expect(header.first("Empty")?.unfolded == [])
        #expect(header.first("C") == nil)
    }

    private static let filtersRows: [(names: [String], excluding: Bool, expected: String)] = [
        (["Subject"], false, "Subject: x\n folded\nsubject: y\n\n"),
        (["subject", "TO"], false, "Subject: x\n folded\nTo: a\nsubject: y\n\n"),
        (["None"], false, "\n"), ([], true, "Subject: x\n folded\nTo: a\nsubject: y\nLast: z\n\n"),
        (["Subject"], true, "To: a\nLast: z\n\n"),
    ]

    @Test(arguments: filtersRows)
    func filters(_ row: (names: [String], excluding: Bool, expected: String)) {
        let header = mail("Subject: x\n folded\nTo: a\nsubject: y\nLast: z")
        #expect(Header.filter(header, keeping: row.names, excluding: row.excluding) == mail(row.expected))
    }

    private static let readsContentTypeRows: [(value: String, type: String, parameters: [String: String])] = [
        ("text/plain", "text/plain", [:]), ("TEXT/HTML; Charset=UTF-8", "text/html", ["charset": "UTF-8"]),
        ("text/plain; charset=\"a\\\"b;c\" ; x=y", "text/plain", ["charset": "a\"b;c", "x": "y"]),
        ("text (c) / (d) plain (e); (f) charset (g) = (h) us-ascii (i)", "text/plain", ["charset": "us-ascii"]),
        ("application/pdf; name=my file.pdf; x=1", "application/pdf", ["name": "my file.pdf", "x": "1"]),
        ("a/b; c=\"unclosed; d=e", "a/b", ["c": "unclosed; d=e"]), ("a/b;;; c=d;", "a/b", ["c": "d"]),
        ("a/b; c=\"d\" e=\"f\"", "a/b", ["c": "d", "e": "f"]), ("a/b; c", "a/b", [:]),
        ("a/b; =c; d=e", "a/b", ["d": "e"]),
        ("a/b; boundary=----=_Part_1", "a/b", ["boundary": "----=_Part_1"]), ("a/b; c=", "a/b", ["c": ""]),
        ("text", "text/plain", [:]), ("", "text/plain", [:]), ("/plain", "text/plain", [:]),
        ("text/", "text/plain", [:]),
        ("a/b; c=d\n e; f=\"g\n h\"", "a/b", ["c": "d e", "f": "g h"]),
    ]

    @Test(arguments: readsContentTypeRows)
    func readsContentType(_ row: (value: String, type: String, parameters: [String: String])) {
        let type = ParsedMessage(mail("Content-Type: \(row.value)\n\n")).root.mediaType
        #expect("\(type.type)/\(type.subtype)" == row.type)
        #expect(
            Dictionary(type.parameters.list.map { ($0.name, text($0.value)) }) { first, _ in first } == row.parameters)
    }

    private static let readsFileNamesRows: [(parameters: String, name: String?)] = [
        ("filename=plain.txt", "plain.txt"), ("filename=\"Grüße.txt\"", "Grüße.txt"),
        ("filename*=utf-8''Gr%C3%BC%C3%9Fe.txt", "Grüße.txt"), ("filename*=iso-8859-1'de'Gr%FC%DFe", "Grüße"),
        ("filename*0=\"a\"; filename*1=\"b\"; filename*2=c", "abc"), ("filename*1=b; filename*0=a", "ab"),
        ("filename*0*=utf-8''%C3; filename*1*=%BC; filename*2=\"%41\"", "ü%41"), ("filename*0=a; filename*2=c", "a"),
        ("filename=x; filename*=utf-8''y", "y"), ("filename*=broken%", "broken%"), ("filename*=utf-8''%ZZ%4", "%ZZ%4"),
        ("filename=\"=?utf-8?Q?=C3=BC?=.txt\"", "ü.txt"), ("filename*99999999999999999999=x; filename=y", "y"),
        ("filename*0=a; filename*0=b; filename*1=c", "ac"), ("filename*1=b", nil), ("other=x", nil),
    ]

    @Test(arguments: readsFileNamesRows)
    func readsFileNames(_ row: (parameters: String, name: String?)) {
        let message = ParsedMessage(mail("Content-Disposition: attachment; \(row.parameters)\n\n"))
        #expect(message.root.disposition?.value == "attachment")
        #expect(message.root.fileName == row.name)
    }

    @Test(arguments: [999, 1_000, 1_001])
    func tooManyParametersAreCutOff(_ count: Int) {
        let list = (0..<count).map { "; p\($0)=x" }.joined()
        let type = ParsedMessage(Array("Content-Type: a/b\(list)\r\n\r\n".utf8)).root.mediaType
        #expect(type.parameters.list.count == min(count, 1_000))
    }

    private static let readsTransferEncodingsRows: [(value: String, name: String)] = [
        ("base64", "BASE64"), ("Base64 (comment)", "BASE64"), ("QUOTED-PRINTABLE", "QUOTED-PRINTABLE"),
        ("8bit", "8BIT"),
        ("binary", "BINARY"), ("", "7BIT"), ("x-uuencode", "X-UUENCODE"),
    ]

    @Test(arguments: readsTransferEncodingsRows)
    func readsTransferEncodings(_ row: (value: String, name: String)) {
        #expect(
            ParsedMessage(mail("Content-Transfer-Encoding: \(row.value)\n\n")).root.transferEncoding.name == row.name)
    }
}
