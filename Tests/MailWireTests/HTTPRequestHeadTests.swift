import Testing

@testable import MailWire

@Suite struct HTTPRequestHeadTests {
    static func head(_ line: String, _ fields: [String] = ["Host: a.test"]) throws(HTTPRefusal) -> HTTPRequestHead {
        var head = try HTTPRequestHead(line: Array(line.utf8))
        for field in fields { try head.add(line: Array(field.utf8)) }
        try head.check()
        return head
    }

    static func status(_ line: String, _ fields: [String] = ["Host: a.test"]) -> HTTPStatus? {
        do throws(HTTPRefusal) {
            _ = try head(line, fields)
            return nil
        } catch {
            return error.status
        }
    }

    @Test(arguments: [
        ("GET / HTTP/1.1", HTTPMethod.get, true), ("HEAD /a HTTP/1.0", .head, false),
        ("POST /a?b HTTP/1.1", .post, true),
        ("OPTIONS / HTTP/1.9", .options, true), ("GET https://A.test HTTP/1.1", .get, true),
    ])
    func requestLines(line: String, method: HTTPMethod, isHTTP11: Bool) throws {
        let head = try Self.head(line)
        #expect(head.method == method && head.isHTTP11 == isHTTP11)
    }

    @Test(arguments: [
        ("", HTTPStatus.badRequest), ("GET /", .badRequest), ("GET  / HTTP/1.1", .badRequest),
        (" GET / HTTP/1.1", .badRequest), ("GET / HTTP/1.1 ", .badRequest), ("GET /\tHTTP/1.1", .badRequest),
        ("GET / HTTP/11", .badRequest), ("GET / http/1.1", .badRequest), ("GET / HTTP/1.1x", .badRequest),
        ("GET / HTTP/2.0", .versionNotSupported), ("GET / HTTP/0.9", .versionNotSupported),
        ("get / HTTP/1.1", .notImplemented), ("PROPFIND / HTTP/1.1", .notImplemented), ("G(T / HTTP/1.1", .badRequest),
        ("GET /\u{e5} HTTP/1.1", .badRequest), ("GET /\0 HTTP/1.1", .badRequest), ("GET a HTTP/1.1", .badRequest),
        ("OPTIONS * HTTP/1.1", .badRequest), ("CONNECT a.test:25 HTTP/1.1", .notImplemented),
        ("GET /#a HTTP/1.1", .badRequest), ("GET ftp://a.test/ HTTP/1.1", .badRequest),
        ("GET https://b.test/ HTTP/1.1", .badRequest), ("GET https://x@a.test/ HTTP/1.1", .badRequest),
        ("GET https:/// HTTP/1.1", .badRequest),
    ])
    func badRequestLines(line: String, status: HTTPStatus) { #expect(Self.status(line) == status) }

    @Test(arguments: [
        ("A:b", "b"), ("a: b", "b"), ("A:\t b c \t", "b c"), ("a:", ""), ("a:  ", ""), ("A: b:c", "b:c"),
        ("a: \u{e5}", "\u{e5}"), ("a: \u{301}", "\u{301}"), ("a:b \u{301}", "b \u{301}"),
    ])
    func fields(line: String, value: String) throws {
        let head = try Self.head("GET / HTTP/1.1", ["Host: a.test", line])
        #expect(head.fields["a"].map { Array($0.utf8) } == Array(value.utf8))
    }

    @Test(arguments: [
        "", "a", ":a", "a :b", "a\t:b", " a:b", "\ta:b", "a b:c", "a\u{e5}:b", "a: b\0", "a: b\rc", "a: b\nc",
        "a: \u{7f}",
        "a\0:b", "(a):b", "\"a\": b",
    ])
    func badFields(line: String) { #expect(Self.status("GET / HTTP/1.1", ["Host: a.test", line]) == .badRequest) }

    /// RFC 9110 §5.5: what a neighbour's cookie is written in is opaque, and no reason to refuse its bearer.
    @Test func whatIsNoUTF8IsKept() throws {
        var head = try HTTPRequestHead(line: Array("GET / HTTP/1.1".utf8))
        try head.add(line: Array("Cookie: a=".utf8) + [0xe5])
        #expect(head.fields["Cookie"] == "a=\u{e5}")
    }

    /// Anybody's page can make a browser ask for a strange place: that is held against nobody.
    @Test(arguments: [
        ("GET /%ff HTTP/1.1", false), ("GET /a%2fb HTTP/1.1", false), ("GET /?a=%ff HTTP/1.1", false),
        ("GET /../x HTTP/1.1", false), ("GET /", true), ("GET /\0 HTTP/1.1", true), ("GET /#a HTTP/1.1", true),
    ])
    func whatNoBrowserSays(line: String, isNonsense: Bool) {
        #expect {
            _ = try HTTPRequestHead(line: Array(line.utf8))
        } throws: { ($0 as? HTTPRefusal)?.isNonsense == isNonsense }
    }

    @Test(
        arguments: [
            (["Host: a.test"], nil), (["HOST: A.test:443"], nil), (["host: [::1]:8443"], nil), ([], .badRequest),
            (["Host: a.test", "Host: a.test"], .badRequest), (["Host: a.test", "host: b.test"], .badRequest),
            (["Host:"], .badRequest), (["Host: a.test, b.test"], .badRequest), (["Host: a.test/x"], .badRequest),
            (["Host: x@a.test"], .badRequest), (["Host: \u{e5}.test"], .badRequest),
        ] as [([String], HTTPStatus?)])
    func hosts(fields: [String], status: HTTPStatus?) { #expect(Self.status("GET / HTTP/1.1", fields) == status) }

    @Test func oldProgramsNeedNoHost() throws {
        let head = try Self.head("GET / HTTP/1.0", [])
        #expect(head.host == nil && !head.keepsAlive && !head.expectsContinue)
    }

    @Test(
        arguments: [
            ("A.Test", "a.test"), ("a.test:443", "a.test"), ("[::1]:443", "[::1]"), ("[::1]", "[::1]"), ("[::1", nil),
            (":443", ""), ("192.0.2.1:1", "192.0.2.1"),
        ] as [(String, String?)])
    func hostNames(value: String, name: String?) throws {
        #expect(try Self.head("GET / HTTP/1.1", ["Host: " + value]).host == name)
    }

    @Test(
        arguments: [
            ([], true), (["Connection: close"], false), (["Connection: Keep-Alive, Close"], false),
            (["Connection: keep-alive", "connection: CLOSE"], false), (["Connection: closed"], true),
            (["Connection: ,,"], true),
        ] as [([String], Bool)])
    func keepsAlive(fields: [String], keeps: Bool) throws {
        #expect(try Self.head("GET / HTTP/1.1", ["Host: a.test"] + fields).keepsAlive == keeps)
        #expect(try !Self.head("GET / HTTP/1.0", ["Host: a.test"] + fields).keepsAlive)
    }

    @Test(arguments: [("100-continue", true), ("100-Continue", true), ("100-continue, x", false), ("x", false)])
    func expectations(value: String, expects: Bool) throws {
        #expect(try Self.head("POST / HTTP/1.1", ["Host: a.test", "Expect: " + value]).expectsContinue == expects)
    }

    @Test(arguments: [(HTTPWireLimits.mostFields, true), (HTTPWireLimits.mostFields + 1, false)])
    func mostFields(count: Int, isGood: Bool) {
        let fields = ["Host: a.test"] + Array(repeating: "a: b", count: count - 1)
        #expect(Self.status("GET / HTTP/1.1", fields) == (isGood ? nil : .fieldsTooLarge))
    }

    @Test(arguments: [(-1, true), (0, true), (1, false)]) func largestHead(over: Int, isGood: Bool) {
        let host = "Host: a.test"
        let long = "a:" + String(repeating: "b", count: HTTPWireLimits.largestHead - host.utf8.count - 2 + over)
        #expect(Self.status("GET / HTTP/1.1", [host, long]) == (isGood ? nil : .fieldsTooLarge))
    }
}
