import Testing

@testable import MailFilter

@Suite struct HeaderBlockTests {
    private static let text = "A: 1\r\nB: 2\r\n\tfolded\r\nA:3\r\nno field\r\nA : 4\r\n\r\nbody\r\n"

    private func block(_ text: String = text) throws -> HeaderBlock {
        var splitter = HeaderSplitter()
        let taken = splitter.consume(Array(text.utf8))
        _ = try #require(taken)
        return splitter.finish()
    }

    private func shown(_ block: HeaderBlock) -> String { String(decoding: block.bytes, as: UTF8.self) }

    /// Whatever the pieces are, the same header comes out, and not an octet more is taken.
    @Test func splitsAnywhere() {
        let bytes = Array(Self.text.utf8)
        let header = bytes.count - 6
        for cut in 0...bytes.count {
            var splitter = HeaderSplitter()
            let first = splitter.consume(Array(bytes[..<cut])) ?? 0
            let second = splitter.consume(Array(bytes[cut...])) ?? 0
            #expect(first + second == header)
            #expect(splitter.finish().bytes == Array(bytes.prefix(header)))
        }
    }

    @Test(arguments: [
        "", "\r\n", "A: 1", "A: 1\r\n", " folded first\r\nA: 1\r\n\r\n", ":\r\n: x\r\n\r\n", "A: 1\n\nbody", "\r\r\n",
    ])
    func keepsWhatItGot(_ text: String) {
        var splitter = HeaderSplitter()
        let taken = splitter.consume(Array(text.utf8)) ?? -1
        #expect(splitter.finish().bytes == Array(text.utf8.prefix(taken)))
    }

    @Test func showsValues() throws {
        let fields = try block().fields
        #expect(fields.map(\.isField) == [true, true, true, false, true])
        #expect(fields.map { String(decoding: $0.name, as: UTF8.self) } == ["A", "B", "A", "", "A"])
        #expect(String(decoding: fields[1].value(isSpaced: false), as: UTF8.self) == "2\n\tfolded")
        #expect(String(decoding: fields[1].value(isSpaced: true), as: UTF8.self) == " 2\n\tfolded")
        #expect(String(decoding: fields[2].value(isSpaced: false), as: UTF8.self) == "3")
    }

    @Test(
        arguments: [
            (
                MilterChange.addHeader(name: [0x58], value: [0x79]),
                "A: 1\r\nB: 2\r\n\tfolded\r\nA:3\r\nno field\r\nA : 4\r\nX: y\r\n\r\n"
            ),
            (
                .insertHeader(at: 0, name: [0x58], value: [0x79]),
                "X: y\r\nA: 1\r\nB: 2\r\n\tfolded\r\nA:3\r\nno field\r\nA : 4\r\n\r\n"
            ),
            (
                .insertHeader(at: 3, name: [0x58], value: [0x79]),
                "A: 1\r\nB: 2\r\n\tfolded\r\nA:3\r\nno field\r\nX: y\r\nA : 4\r\n\r\n"
            ),
            (
                .insertHeader(at: .max, name: [0x58], value: [0x79]),
                "A: 1\r\nB: 2\r\n\tfolded\r\nA:3\r\nno field\r\nA : 4\r\nX: y\r\n\r\n"
            ),
            (
                .changeHeader(nth: 2, name: [0x61], value: [0x79]),
                "A: 1\r\nB: 2\r\n\tfolded\r\na: y\r\nno field\r\nA : 4\r\n\r\n"
            ),
            (.changeHeader(nth: 3, name: [0x61], value: []), "A: 1\r\nB: 2\r\n\tfolded\r\nA:3\r\nno field\r\n\r\n"),
            (.changeHeader(nth: 0, name: [0x62], value: []), "A: 1\r\nA:3\r\nno field\r\nA : 4\r\n\r\n"),
            (.changeHeader(nth: 9, name: [0x62], value: []), text.replacing("body\r\n", with: "")),
            (
                .changeHeader(nth: 9, name: [0x62], value: [0x79]),
                "A: 1\r\nB: 2\r\n\tfolded\r\nA:3\r\nno field\r\nA : 4\r\nb: y\r\n\r\n"
            ),
            // What is no name makes no field.
            (.addHeader(name: Array("X: y\r\nBcc".utf8), value: []), text.replacing("body\r\n", with: "")),
        ] as [(MilterChange, String)])
    func changes(_ change: MilterChange, _ expected: String) throws {
        var block = try block()
        MilterChanges.apply(change, to: &block, false)
        #expect(shown(block) == expected)
    }

    /// A value cannot begin a field of its own, nor the body.
    @Test(arguments: [
        ("a\nBcc: x", "X: a\r\n\tBcc: x\r\n"), ("a\r\n\r\nb", "X: a\r\n\tb\r\n"), ("a\n\tb", "X: a\r\n\tb\r\n"),
        ("a\r b\0", "X: a b\r\n"), ("a\n \n", "X: a\r\n"), ("", "X: \r\n"),
    ])
    func foldsValues(_ value: String, _ expected: String) throws {
        let field = try #require(HeaderField(name: [0x58], value: Array(value.utf8), isSpaced: false))
        #expect(String(decoding: field.raw, as: UTF8.self) == expected)
    }

    @Test func endsTheLastLineBeforeMore() throws {
        var block = try block("A: 1")
        block.append(try #require(HeaderField(name: [0x58], value: [0x79], isSpaced: false)))
        #expect(shown(block) == "A: 1\r\nX: y\r\n")
        block.separate()
        #expect(shown(block) == "A: 1\r\nX: y\r\n\r\n")
    }

    @Test func bounds() {
        let line = Array("A: 1\r\n".utf8)
        var few = HeaderSplitter()
        #expect(few.consume((0..<HeaderBlock.mostFields).flatMap { _ in line }) != nil)
        var many = HeaderSplitter()
        #expect(many.consume((0..<HeaderBlock.mostFields + 3).flatMap { _ in line }) == nil)
        var long = HeaderSplitter()
        #expect(long.consume([UInt8](repeating: 0x41, count: HeaderBlock.largest)) != nil)
        #expect(long.consume([0x41]) == nil)
    }
}
