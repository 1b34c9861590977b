import MailMessage
import Testing

struct LimitTests {
    private func nested(_ depth: Int) -> [UInt8] {
        Array((0..<depth).map { "Content-Type: multipart/mixed; boundary=b\($0)\r\n\r\n--b\($0)\r\n" }.joined().utf8)
            + mail("\nx\n")
    }

    @Test(arguments: [99, 100, 101, 2_000])
    func nestedMultiparts(_ depth: Int) throws {
        let message = ParsedMessage(nested(depth))
        #expect(message.parts.count == min(depth, 100) + 1)
        #expect(try #require(message.parts.last).kind == .leaf)
        #expect(IMAPListCheck.isOneList(message.bodyStructureText))
    }

    @Test(arguments: [99, 100, 101, 2_000])
    func nestedMessages(_ depth: Int) throws {
        let bytes = Array(String(repeating: "Content-Type: message/rfc822\r\n\r\n", count: depth).utf8) + mail("\nx\n")
        let message = ParsedMessage(bytes)
        #expect(message.parts.count == min(depth, 100) + 1)
        #expect(message.parts.last?.mediaType.type == (depth > 100 ? "application" : "text"))
        #expect(IMAPListCheck.isOneList(message.bodyStructureText))
    }

    @Test(arguments: [9_998, 9_999, 10_000, 30_000])
    func manyParts(_ count: Int) throws {
        let bytes = mail(
            "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: count) + "--b--\n")
        let message = ParsedMessage(bytes)
        #expect(message.parts.count == min(count, 9_999) + 1)
        #expect(message.root.bodyRange.upperBound == bytes.count)
        let rest = try #require(message.parts.last).bodyRange.count
        #expect(count < 10_000 ? rest == 1 : rest > 1)  // the last part keeps what would have been others
    }

    @Test(arguments: [1_048_575, 1_048_576, 1_048_577])
    func headerBytes(_ size: Int) throws {
        let bytes = mail("Subject: first\n" + "X: " + String(repeating: "y", count: size - 23) + "\n\nbody\n")
        let message = ParsedMessage(bytes)
        #expect(message.header.bytes.count <= MessageLimits.headerBytes)
        #expect(message.header.count == 2)
        #expect(message.header.decoded("Subject") == "first")
        #expect(message.root.bodyRange == (size > MessageLimits.headerBytes ? size - 2 : size)..<bytes.count)
        try chunked(bytes, like: message)
    }

    @Test func oneEndlessHeaderLineIsBody() throws {
        let bytes = mail("Subject: first\nX: ") + [UInt8](repeating: 0x79, count: 3_000_000)
        let message = ParsedMessage(bytes)
        #expect(message.root.headerRange == 0..<16)
        #expect(message.root.bodyRange == 16..<bytes.count)
        try chunked(bytes, like: message)
    }

    @Test(arguments: [999, 1_000, 1_001])
    func boundaryLength(_ count: Int) throws {
        let boundary = String(repeating: "b", count: count)
        let bytes = mail("Content-Type: multipart/mixed; boundary=\(boundary)\n\n--\(boundary)\n\nx\n--\(boundary)--\n")
        let message = ParsedMessage(bytes)
        #expect(message.parts.count == (count <= 1_000 ? 2 : 1))
        try chunked(bytes, like: message)
    }

    private func chunked(_ bytes: [UInt8], like whole: ParsedMessage) throws {
        for size in [1_000, 65_536, 65_537] {
            var parser = MessageParser()
            for start in stride(from: 0, to: bytes.count, by: size) {
                parser.consume(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            #expect(parser.finish().summary == whole.summary, "chunks of \(size)")
        }
    }

    /// Random mail made of the pieces that matter, in random chunks.
    @Test func randomMailInRandomChunks() {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "\r\n", "\n", "\r", "--b", "--c", "--b--", "--c--", " ", "Content-Type: multipart/mixed; boundary=b\r\n",
            "x", "-", ":",
            "Content-Type: multipart/digest; boundary=\"c\"\r\n", "Content-Type: message/rfc822\r\n\r\n",
            "From: a@b\r\n", "\u{0}ü\t",
        ]
        for _ in 0..<3_000 {
            let bytes = Array(
                (0..<Int.random(in: 0..<40, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                    .joined().utf8)
            let whole = ParsedMessage(bytes)
            var parser = MessageParser()
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + Int.random(in: 1...9, using: &random))
                parser.consume(Array(bytes[start..<end]))
                start = end
            }
            let message = parser.finish()
            #expect(message.summary == whole.summary, "\(bytes)")
            #expect(
                IMAPListCheck.isOneList(message.envelopeText) && IMAPListCheck.isOneList(message.bodyStructureText),
                "\(bytes)")
        }
    }
}
