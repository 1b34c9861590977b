import Testing

@testable import MailDial

@Suite struct SecureGetTests {
    static func answer(_ text: String, largest: Int = 10) throws -> SecureGet.File {
        let get = SecureGet(trust: try TLSTrust(), host: "a.example", port: 443, path: "/", largest: largest)
        return try get.answer(Array(text.utf8))
    }

    @Test func aFile() throws {
        let file = try Self.answer(
            "HTTP/1.1 200 OK\r\nContent-Type: Text/Plain; charset=utf-8\r\nContent-Length: 3\r\n\r\nabc")
        #expect(file == SecureGet.File(type: "text/plain", octets: Array("abc".utf8)))
        #expect(try Self.answer("HTTP/1.0 200\r\n\r\n").type == "")
    }

    /// RFC 9110 §7.2.
    @Test(arguments: [(UInt16(443), "a.example"), (8443, "a.example:8443"), (80, "a.example:80")])
    func theHostIsNamedWithItsPort(port: UInt16, authority: String) throws {
        let get = SecureGet(trust: try TLSTrust(), host: "a.example", port: port, path: "/x", largest: 10)
        #expect(get.request("GET").hasPrefix("GET /x HTTP/1.0\r\nHost: \(authority)\r\n"))
    }

    @Test func aStatus() throws {
        #expect(try Self.answer("HTTP/1.1 301 Moved\r\nLocation: https://b.example/\r\n\r\n").status == 301)
        #expect(try Self.answer("HTTP/1.1 404 None\r\n\r\n").status == 404)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\n\r\n12345678901", "the file is larger than 10 octets"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", "the file is cut"),
        ("200 OK\r\n\r\n", "the answer is not HTTP"),
        ("HTTP/1.1 2x0\r\n\r\n", "the answer is not HTTP"), ("HTTP/1.1 200 OK\r\n", "the answer is not HTTP"),
        ("", "the answer is not HTTP"),
    ])
    func refusals(text: String, words: String) {
        #expect(throws: SecureGet.Failure.refused(words)) { try Self.answer(text) }
    }
}
