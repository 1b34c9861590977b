import NIOCore
import Testing

@testable import MailTransport

@Suite struct LineBufferTests {
    /// All outcomes of feeding these pieces, reading as many lines as there are after each.
    static func outcomes(_ pieces: [[UInt8]], limit: Int) -> [String] {
        var buffer = LineBuffer()
        var found: [String] = []
        for piece in pieces {
            buffer.append(ByteBuffer(bytes: piece))
            reading: while true {
                switch buffer.nextLine(limit: limit) {
                case .line(let line): found.append("\(line.terminator) \(String(decoding: line.bytes, as: UTF8.self))")
                case .tooLong: found.append("long")
                case .endless: found.append("endless")
                case .incomplete: break reading
                }
            }
        }
        return found
    }

    @Test(arguments: [
        ("a\r\n", ["crlf a"]), ("a\n", ["lf a"]), ("\r\n\n\r\n", ["crlf ", "lf ", "crlf "]),
        ("a\rb\r\n", ["crlf a\rb"]), ("a\r\r\n", ["crlf a\r"]),
        ("a", []), ("a\r", []), ("", []), ("12345678\r\n", ["crlf 12345678"]), ("123456789\n", ["lf 123456789"]),
        ("123456789\r\n", ["long"]),
        ("1234567890\n", ["long"]), ("1234567890123456789012345\r\nok\r\n", ["long", "crlf ok"]), ("1234567890", []),
    ]) func lines(text: String, expected: [String]) {
        let bytes = Array(text.utf8)
        #expect(Self.outcomes([bytes], limit: 10) == expected)
        #expect(Self.outcomes(bytes.map { [$0] }, limit: 10) == expected)
    }

    @Test func drainsSoMuchOfALine() {
        let piece = [UInt8](repeating: 0x61, count: 65_536)
        let most = Array(repeating: piece, count: Connection.longestDrain / piece.count)
        #expect(Self.outcomes(most + [[0x0a]], limit: 10) == ["long"])
        #expect(Self.outcomes(most + [[0x61]], limit: 10) == ["endless"])
    }

    /// However it arrives: the tag and what the end announces are known.
    @Test(arguments: [1, 7, 31, 32, 33, 64, 5_000]) func endsOfALongLine(piece: Int) {
        let text = Array("a1 CREATE ".utf8) + [UInt8](repeating: 0x78, count: 3_000) + Array("{12+}\r\nok\r\n".utf8)
        var (buffer, found) = (LineBuffer(), [DroppedLine]())
        for start in stride(from: 0, to: text.count, by: piece) {
            buffer.append(ByteBuffer(bytes: text[start..<min(start + piece, text.count)]))
            while case .tooLong(let line) = buffer.nextLine(limit: 100) { found.append(line) }
        }
        #expect(found.count == 1)
        #expect(found.first?.head.starts(with: Array("a1 CREATE x".utf8)) == true)
        #expect(found.first?.head.count == DroppedLine.headLength)
        #expect(found.first?.tail.suffix(6) == Array("x{12+}".utf8)[...])
    }

    @Test func takesChunks() {
        var buffer = LineBuffer()
        #expect(buffer.take(10) == nil)
        buffer.append(ByteBuffer(string: "a\r\nbcdef"))
        guard case .line = buffer.nextLine(limit: 10) else { Issue.record("no line"); return }
        #expect(buffer.take(2) == Array("bc".utf8))
        buffer.append(ByteBuffer(string: "g\r\n"))
        #expect(buffer.take(0) == Array("d".utf8))
        #expect(buffer.take(100) == Array("efg\r\n".utf8))
        #expect(buffer.isEmpty)
    }
}
