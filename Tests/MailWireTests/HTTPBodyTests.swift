import Testing

@testable import MailWire

@Suite struct HTTPBodyTests {
    private static func length(_ fields: [String], _ version: String = "1.1") -> Result<HTTPBodyLength, HTTPRefusal> {
        Result { () throws(HTTPRefusal) in
            try HTTPBodyLength(HTTPRequestHeadTests.head("POST / HTTP/\(version)", ["Host: a.test"] + fields))
        }
    }

    @Test(
        arguments: [
            ([], .known(0)), (["Content-Length: 0"], .known(0)), (["content-length:5"], .known(5)),
            (["Content-Length: 007"], .known(7)), (["Content-Length: 999999999999999"], .known(999_999_999_999_999)),
            (["Transfer-Encoding: chunked"], .chunked), (["transfer-encoding: CHUNKED"], .chunked),
        ] as [([String], HTTPBodyLength)])
    func lengths(fields: [String], length: HTTPBodyLength) { #expect(Self.length(fields) == .success(length)) }

    /// Each of these is read in another way by somebody (RFC 9112 §6.3, §11.2).
    @Test(
        arguments: [
            (["Content-Length: 5", "Content-Length: 5"], .badRequest), (["Content-Length: 5, 5"], .badRequest),
            (["Content-Length: 5", "Content-Length: 6"], .badRequest), (["Content-Length: +5"], .badRequest),
            (["Content-Length: -5"], .badRequest), (["Content-Length: 5 5"], .badRequest),
            (["Content-Length:"], .badRequest),
            (["Content-Length: 0x5"], .badRequest), (["Content-Length: 5a"], .badRequest),
            (["Content-Length: \u{661}"], .badRequest), (["Content-Length: \u{ff15}"], .badRequest),
            (["Content-Length: 5.0"], .badRequest), (["Content-Length: 1000000000000000"], .badRequest),
            (["Content-Length: 18446744073709551621"], .badRequest), (["Content-Length: 5\u{301}"], .badRequest),
            (["Content-Length: 5", "Transfer-Encoding: chunked"], .badRequest),
            (["Transfer-Encoding: chunked", "Content-Length: 5"], .badRequest),
            (["Content-Length: 5", "Transfer-Encoding: identity"], .badRequest),
            (["Transfer-Encoding: identity"], .notImplemented), (["Transfer-Encoding: gzip, chunked"], .notImplemented),
            (["Transfer-Encoding: chunked, chunked"], .notImplemented),
            (["Transfer-Encoding: chunked, identity"], .notImplemented),
            (["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], .notImplemented),
            (["Transfer-Encoding:"], .notImplemented), (["Transfer-Encoding: \"chunked\""], .notImplemented),
            (["Transfer-Encoding: chunked;q=1"], .notImplemented),
            (["Transfer-Encoding: chun\u{212a}ed"], .notImplemented),
            (["Transfer-Encoding: xchunked"], .notImplemented),
            (["Transfer-Encoding: chunked\u{301}"], .notImplemented),
        ] as [([String], HTTPStatus)])
    func ambiguities(fields: [String], status: HTTPStatus) {
        switch Self.length(fields) {
        case .success(let length): Issue.record("\(fields) is \(length)")
        case .failure(let refusal): #expect(refusal.status == status)
        }
    }

    @Test func chunksAreNewerThanHTTP10() {
        #expect(throws: HTTPRefusal.self) { try Self.length(["Transfer-Encoding: chunked"], "1.0").get() }
    }

    @Test(arguments: [
        ("0", 0), ("5", 5), ("a", 10), ("FF", 255), ("0005", 5), ("5;a=b", 5), ("5 ;a", 5), ("5\t;", 5),
        ("5;\u{e5}", 5),
        ("fffffffffffffff", 0xfff_ffff_ffff_ffff),
    ])
    func chunkSizes(line: String, size: Int) throws { #expect(try HTTPBodyLength.chunkSize(Array(line.utf8)) == size) }

    @Test(arguments: [
        "", ";", " 5", "5 ", "5 5", "-1", "+1", "0x5", "g", "5g", "1000000000000000", "\u{ff15}", "5\0", ";5", "5,5",
    ])
    func badChunkSizes(line: String) {
        #expect(throws: HTTPRefusal.self) { try HTTPBodyLength.chunkSize(Array(line.utf8)) }
    }

    private static func request(_ fields: [String], _ body: String = "") throws -> HTTPRequest {
        HTTPRequest(
            try HTTPRequestHeadTests.head("POST / HTTP/1.1", ["Host: a.test"] + fields), body: Array(body.utf8))
    }

    @Test(arguments: [
        ("application/x-www-form-urlencoded", true), ("Application/X-WWW-Form-URLencoded; charset=utf-8", true),
        ("multipart/form-data; boundary=x", false), ("text/plain", false), ("", false),
        ("application/x-www-form-urlencoded\u{37e}", false),
    ])
    func formTypes(type: String, isForm: Bool) throws {
        let request = try Self.request(type.isEmpty ? [] : ["Content-Type: " + type], "a=b")
        if isForm {
            #expect(try request.form()["a"] == "b")
        } else {
            #expect(throws: HTTPRefusal.self) { try request.form() }
        }
    }

    @Test(
        arguments: [
            ("a=1", "1"), ("b=2; a=1", "1"), ("a=1; a=2", "1"), ("a=1=2", "1=2"), ("a=", ""), ("a", nil), ("A=1", nil),
            ("xa=1", nil), (" a = 1 ", "1"), (";;a=1;", "1"), ("b=\u{37e}a=1", nil), ("", nil),
        ] as [(String, String?)])
    func cookies(field: String, value: String?) throws {
        #expect(try Self.request(["Cookie: " + field]).cookie("a") == value)
    }

    @Test func severalCookieFields() throws {
        #expect(try Self.request(["Cookie: b=2", "cookie: a=1"]).cookie("a") == "1")
    }
}

@Suite struct HTTPResponseTests {
    @Test func heads() {
        var response = HTTPResponse.text(.ok, "hello")
        response.fields.add("X-A", "1")
        #expect(
            response.head(date: "D", keepsAlive: true)
                == "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 6\r\nConnection: keep-alive\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\nX-A: 1\r\n\r\n")
        #expect(
            HTTPResponse(.noContent).head(date: "D", keepsAlive: false)
                == "HTTP/1.1 204 No Content\r\nDate: D\r\nConnection: close\r\n\r\n")
    }

    @Test(arguments: ["/a\r\nX: 1", "/a\nX: 1", "/a\rX: 1", "/a\0"]) func noFieldBecomesTwo(value: String) {
        let head = HTTPResponse.redirect(to: value).head(date: "D", keepsAlive: true)
        #expect(!head.contains("Location") && !head.contains("X: 1"))
    }

    @Test func everyStatusHasAPhrase() {
        for status in HTTPStatus.allCases { #expect((200...599).contains(status.rawValue) && !status.phrase.isEmpty) }
    }
}
