import MailCrypto
import MailDomainAuth
import Testing

@Suite struct BodyHashTests {
    /// RFC 6376 §3.4.5's example, §3.4.3 and §3.4.4 for empty bodies, and what each rule says.
    @Test(arguments: [
        (" C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n", " C\r\nD E\r\n"),
        ("", "\r\n", ""),
        ("\r\n", "\r\n", ""),
        ("\r\n\r\n\r\n", "\r\n", ""),
        (" \t\r\n \r\n", " \t\r\n \r\n", ""),
        ("a", "a\r\n", "a\r\n"),
        ("a  ", "a  \r\n", "a\r\n"),
        ("\r\n\r\na\r\n", "\r\n\r\na\r\n", "\r\n\r\na\r\n"),
        ("a\rb\r\n", "a\rb\r\n", "a\rb\r\n"),
        ("a\r", "a\r\r\n", "a\r\r\n"),
        ("a \r", "a \r\r\n", "a \r\r\n"),
        ("a\nb\r\n", "a\nb\r\n", "a\nb\r\n"),
        ("\r\r\n", "\r\r\n", "\r\r\n"),
        ("a\r\n \r\nb", "a\r\n \r\nb\r\n", "a\r\n\r\nb\r\n"),
    ]) func canonicalForms(body: String, simple: String, relaxed: String) {
        for (form, wanted) in [(Canonicalization.simple, simple), (.relaxed, relaxed)] {
            for piece in [1, 2, 3, 1_000] {
                let found = hash(Array(body.utf8), form, piece: piece)
                #expect(found.digest == sha256(Array(wanted.utf8)), "\(form), pieces of \(piece)")
                #expect(found.length == wanted.utf8.count)
            }
        }
    }

    /// RFC 6376 §3.4.3 and §3.4.4 print these.
    @Test func emptyBody() {
        #expect(Base64.encode(hash([], .simple).digest) == "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=")
        #expect(Base64.encode(hash([], .relaxed).digest) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    }

    @Test func limit() {
        let body = Array("abc\r\ndef\r\n\r\n".utf8)
        for limit in 0...12 {
            let found = hash(body, .simple, limit: limit)
            #expect(found.digest == sha256(Array("abc\r\ndef\r\n".utf8.prefix(limit))))
            #expect(found.length == 10)
        }
    }

    /// Longer than the buffer, with line ends held back and white space across its edge.
    @Test(arguments: [16_383, 16_384, 16_385, 50_000]) func large(size: Int) {
        let body =
            [UInt8](repeating: 0x61, count: size) + Array("\r\n".utf8) + [UInt8](repeating: 0x20, count: size)
            + Array("b\r\n\r\n".utf8)
        let short = [UInt8](repeating: 0x61, count: size) + Array("\r\n b\r\n".utf8)
        #expect(hash(body, .relaxed, piece: 4_096).digest == sha256(short))
        #expect(hash(body, .simple, piece: 4_096).digest == sha256(Array(body.dropLast(2))))
        #expect(hash(body, .simple, piece: 777, limit: size).digest == sha256(Array(body.prefix(size))))
    }

    private func hash(
        _ body: [UInt8], _ form: Canonicalization, piece: Int = 1_000, limit: Int? = nil
    ) -> (digest: [UInt8], length: Int) {
        var hash = BodyHash(form, limit: limit)
        for start in stride(from: 0, to: body.count, by: piece) {
            hash.consume(Array(body[start..<min(start + piece, body.count)]))
        }
        return hash.finish()
    }
}
