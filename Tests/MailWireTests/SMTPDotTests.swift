import MailWire
import Testing

@Suite struct SMTPDotTests {
    struct Row: Sendable, CustomStringConvertible {
        var input: String
        var output: String
        var fault: DotReader.Fault?
        /// What follows the end; nil when the end was not found.
        var rest: String?
        var description: String { input.debugDescription }
    }

    static let rows = [
        Row(input: ".\r\n", output: "", rest: ""),
        Row(input: "a\r\n.\r\nQUIT\r\n", output: "a\r\n", rest: "QUIT\r\n"),
        Row(input: "a\r\n..b\r\n...\r\n.\r\n", output: "a\r\n.b\r\n..\r\n", rest: ""),
        Row(input: ".a\r\n.\r\n", output: "a\r\n", rest: ""),
        Row(input: "\r\n\r\n.\r\n", output: "\r\n\r\n", rest: ""),
        Row(input: "a.\r\n.\r\n", output: "a.\r\n", rest: ""),
        Row(input: "no end\r\n", output: "no end\r\n", rest: nil),
        Row(input: "a\r\n.", output: "a\r\n", rest: nil),
        Row(input: "a\0b\u{fc}\r\n.\r\n", output: "a\0b\u{fc}\r\n", rest: ""),
        // SMTP smuggling: whatever looks like an end and is none.
        Row(input: "a\n.\nMAIL\r\n.\r\n", output: "a", fault: .bareLineFeed, rest: ""),
        Row(input: "a\n.\r\nMAIL\r\n.\r\n", output: "a", fault: .bareLineFeed, rest: ""),
        Row(input: "a\r\n.\nMAIL\r\n.\r\n", output: "a\r\n", fault: .bareLineFeed, rest: ""),
        Row(input: "a\r\n.\rMAIL\r\n.\r\n", output: "a\r\n", fault: .bareCarriageReturn, rest: ""),
        Row(input: "a\r\n.\r\r\nMAIL\r\n.\r\nX", output: "a\r\n", fault: .bareCarriageReturn, rest: "X"),
        Row(input: "a\r.\rMAIL\r\n.\r\n", output: "a", fault: .bareCarriageReturn, rest: ""),
        Row(input: "a\r.\r\nMAIL\r\n.\r\n", output: "a", fault: .bareCarriageReturn, rest: ""),
        Row(input: "a\r\r\n.\r\n", output: "a", fault: .bareCarriageReturn, rest: ""),
        Row(input: "a\n\r\n.\r\n", output: "a", fault: .bareLineFeed, rest: ""),
        Row(input: "\n.\r\n\r\n.\r\n", output: "", fault: .bareLineFeed, rest: ""),
        Row(input: "a\0\r\n.\0\r\n.\r\n", output: "a\0\r\n\0\r\n", rest: ""),
    ]

    @Test(arguments: rows) func whole(row: Row) { expect(row, chunkSize: row.input.utf8.count) }

    /// Cut into chunks of 1, 2 and 3 bytes the result is the same.
    @Test(arguments: rows, [1, 2, 3]) func inPieces(row: Row, size: Int) { expect(row, chunkSize: size) }

    /// Cut once, at every place.
    @Test(arguments: rows) func cutAnywhere(row: Row) {
        let bytes = Array(row.input.utf8)
        for cut in 0...bytes.count { check(row, chunks: [bytes[..<cut], bytes[cut...]]) }
    }

    private func expect(_ row: Row, chunkSize: Int) {
        let bytes = Array(row.input.utf8)
        check(
            row,
            chunks: stride(from: 0, to: bytes.count, by: chunkSize).map { bytes[$0..<min($0 + chunkSize, bytes.count)] }
        )
    }

    private func check(_ row: Row, chunks: [ArraySlice<UInt8>]) {
        var reader = DotReader()
        var output: [UInt8] = []
        var rest: [UInt8]?
        for chunk in chunks {
            if rest != nil { rest? += chunk; continue }
            let step = reader.consume(chunk, into: &output)
            if step.isEnd { rest = Array(chunk.dropFirst(step.consumed)) }
        }
        #expect(rest.map { String(decoding: $0, as: UTF8.self) } == row.rest)
        #expect(reader.fault == row.fault)
        // With a fault the message is refused: what was put out before is a beginning of it, however it was cut.
        let text = String(decoding: output, as: UTF8.self)
        #expect(row.fault == nil ? text == row.output : row.output.utf8.starts(with: output))
    }

    @Test(arguments: [
        ("a\r\n", "a\r\n.\r\n"), ("", ".\r\n"), (".\r\n", "..\r\n.\r\n"),
        ("a\r\n.b\r\n..c\r\n", "a\r\n..b\r\n...c\r\n.\r\n"),
        ("a", "a\r\n.\r\n"), ("a\n", "a\n\r\n.\r\n"), ("a\n.\n", "a\n..\n\r\n.\r\n"), (".", "..\r\n.\r\n"),
    ])
    func writer(input: String, output: String) {
        let bytes = Array(input.utf8)
        for cut in 0...bytes.count {
            var writer = DotWriter()
            var result: [UInt8] = []
            writer.write(Array(bytes[..<cut]), into: &result)
            writer.write(Array(bytes[cut...]), into: &result)
            writer.finish(into: &result)
            #expect(String(decoding: result, as: UTF8.self) == output)
        }
    }

    @Test(arguments: [
        ("a\r\nb\r\n", DotReader.Fault?.none), ("", nil), ("a", nil), ("a\n", .bareLineFeed),
        ("a\rb", .bareCarriageReturn),
        ("a\r", .bareCarriageReturn), ("\r\r\n", .bareCarriageReturn), ("\r\n\n", .bareLineFeed),
    ])
    func lineEndings(input: String, fault: DotReader.Fault?) {
        let bytes = Array(input.utf8)
        for cut in 0...bytes.count {
            var check = LineEndingCheck()
            bytes[..<cut].withUnsafeBytes { check.consume($0) }
            bytes[cut...].withUnsafeBytes { check.consume($0) }
            check.finish()
            #expect(check.fault == fault)
        }
    }
}
