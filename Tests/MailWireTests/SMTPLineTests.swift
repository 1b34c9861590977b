import Testing

@testable import MailWire

/// Lines that are longer than RFC 5321 §4.5.3.1.6 allows.
@Suite struct SMTPLineTests {
    private static func broken(_ text: [UInt8], by size: Int) -> [UInt8] {
        var (breaker, output) = (LineBreaker(), [UInt8]())
        for start in stride(from: 0, to: text.count, by: size) {
            breaker.consume(Array(text[start..<min(start + size, text.count)]), into: &output)
        }
        return output
    }

    private static func isLong(_ text: [UInt8], by size: Int) -> Bool {
        var scan = ContentScan()
        for start in stride(from: 0, to: text.count, by: size) {
            scan.consume(Array(text[start..<min(start + size, text.count)]))
        }
        scan.finish()
        return scan.hasLongLine
    }

    @Test(arguments: [1, 7, 997, 998, 999, 1_000, 5_000])
    func aLineMayHave998Octets(chunk: Int) {
        for count in [0, 1, 997, 998, 999, 1_000, 3_000] {
            let line = [UInt8](repeating: 0x78, count: count)
            for text in [line, line + [0x0d, 0x0a], [0x61, 0x0d, 0x0a] + line + [0x0d, 0x0a, 0x62, 0x0d, 0x0a]] {
                #expect(Self.isLong(text, by: chunk) == (count > 998), "\(count) in \(chunk)")
                let output = Self.broken(text, by: chunk)
                #expect(!Self.isLong(output, by: chunk), "\(count) in \(chunk)")
                #expect((output == text) == (count <= 998))
                #expect(
                    String(decoding: output, as: UTF8.self).replacing("\r\n ", with: "")
                        == String(decoding: text, as: UTF8.self))
            }
        }
    }

    @Test(arguments: [0, 1, 2, 3]) func noLetterIsCut(shift: Int) {
        let text = String(repeating: "x", count: shift) + String(repeating: "€", count: 2_000)
        let output = Self.broken(Array(text.utf8), by: 100)
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 998 && !$0.contains("\u{fffd}") })
        #expect(lines.map { $0.hasPrefix(" ") ? String($0.dropFirst()) : String($0) }.joined() == text)
    }

    /// Unfolded, a header says what it said.
    @Test(arguments: [1, 50, 5_000]) func headersAreFolded(chunk: Int) {
        let head =
            "X: " + String(repeating: "word ", count: 700) + "end\r\nY: " + String(repeating: "y", count: 2_000)
            + "\r\n\r\n"
        let body = String(repeating: "word ", count: 700) + "\r\n"
        let output = Self.broken(Array((head + body).utf8), by: chunk)
        #expect(!Self.isLong(output, by: 1_000))
        let parts = String(decoding: output, as: UTF8.self).split(separator: "\r\n\r\n", maxSplits: 1)
        #expect(
            parts.first?.replacing("\r\n ", with: " ").hasPrefix(
                "X: " + String(repeating: "word ", count: 700) + "end\r\nY: ") == true)
        #expect(parts.last?.replacing("\r\n ", with: "") == body[...])
    }

    @Test func octetsThatAreNoLetters() {
        let text = [UInt8](repeating: 0x80, count: 5_000)
        let output = Self.broken(text, by: 512)
        #expect(!Self.isLong(output, by: 512))
        #expect(output.filter { $0 == 0x80 }.count == 5_000)
    }
}
