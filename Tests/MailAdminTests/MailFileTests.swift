import Foundation
import MailMessage
import Testing

@testable import MailAdmin

@Suite struct MboxTests {
    private func read(_ text: String) throws -> [ImportedMessage] {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try text.write(to: file, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        var reader = try MboxReader(file.path)
        var messages: [ImportedMessage] = []
        while let message = try reader.next(now: 7) { messages.append(message) }
        return messages
    }

    struct Row: Sendable {
        let text: String
        let bodies: [String]
    }

    @Test(arguments: [
        Row(text: "", bodies: []), Row(text: "\n\n", bodies: []),
        Row(text: "From a Thu Jan  1 00:00:00 1970\nA: b\n\nc\n\n", bodies: ["A: b\r\n\r\nc\r\n"]),
        Row(text: "From a x\nA: b\n\nc\n", bodies: ["A: b\r\n\r\nc\r\n"]),
        Row(text: "From a x\nA: b\n\nc", bodies: ["A: b\r\n\r\nc"]),
        Row(text: "From a x\r\nA: b\r\n\r\nc\r\n\r\n", bodies: ["A: b\r\n\r\nc\r\n"]),
        Row(text: "From a x\nA: b\n\nc\n\n\nFrom b x\nD: e\n\n\n", bodies: ["A: b\r\n\r\nc\r\n\r\n", "D: e\r\n\r\n"]),
        Row(
            text: "From a x\nA: b\n\nc\nFrom here on\n>From x\n>>From y\n> From z\n\n",
            bodies: ["A: b\r\n\r\nc\r\nFrom here on\r\nFrom x\r\n>From y\r\n> From z\r\n"]),
    ])
    func messages(_ row: Row) throws {
        #expect(try read(row.text).map { String(decoding: $0.bytes, as: UTF8.self) } == row.bodies)
    }

    @Test func whatIsNoMboxIsRefused() {
        #expect(throws: AdminError.self) { try read("Subject: x\n\nbody\n") }
    }

    @Test(
        arguments: [
            ("From a@b Thu Jan  1 00:00:01 1970", 1), ("From a@b Fri Feb 13 23:31:30 2009", 1_234_567_890),
            ("From a@b Fri Feb 13 23:31:30 +0000 2009", 1_234_567_890),
            ("From a@b Fri Feb 13 23:31 2009", 1_234_567_860),
            ("From a@b", nil), ("From a@b Fri Feb 99 23:31:30 2009", nil), ("From ", nil),
        ] as [(String, EpochSeconds?)])
    func separatorDates(_ line: String, _ date: EpochSeconds?) {
        #expect(MboxSeparator(Array(line.utf8))?.date == date)
    }

    @Test func separatorReadsBack() {
        let separator = MboxSeparator(sender: "a@b", date: 1_234_567_890)
        #expect(separator.line == "From a@b Fri Feb 13 23:31:30 2009")
        #expect(MboxSeparator(Array(separator.line.utf8)) == separator)
    }
}

@Suite struct StatusHeaderTests {
    @Test(
        arguments: [
            ("Status: RO\r\n\r\n", [.system(.seen)]), ("Status: O\r\n\r\n", []), ("A: b\r\n\r\nStatus: RO\r\n", []),
            (
                "STATUS: R\r\nX-Status: AFTD\r\n\r\n",
                [.system(.seen), .system(.answered), .system(.flagged), .system(.draft), .system(.deleted)]
            ),
        ] as [(String, [Flag])])
    func flags(_ text: String, _ flags: [Flag]) { #expect(Set(StatusHeader.flags(Array(text.utf8))) == Set(flags)) }

    @Test(
        arguments: [
            ("A: b\n\nc\n", [], "A: b\n\nc\n"),
            ("Status: RO\nA: b\n\nc\n", [.system(.seen)], "Status: RO\nA: b\n\nc\n"),
            ("A: b\n\nc\n", [.system(.seen)], "A: b\nStatus: RO\n\nc\n"),
            ("Status: RO\n continued\nA: b\n\nc\n", [.system(.flagged)], "A: b\nStatus: O\nX-Status: F\n\nc\n"),
            ("Status: RO\n\n", [], "Status: O\n\n"),
        ] as [(String, [Flag], String)])
    func applying(_ text: String, _ flags: [Flag], _ expected: String) {
        let result = StatusHeader.applying(flags, to: Array(text.utf8), lineEnd: [0x0a])
        #expect(String(decoding: result, as: UTF8.self) == expected)
    }
}

@Suite struct LineEndTests {
    @Test(arguments: [
        ("a\nb\n", "a\r\nb\r\n"), ("a\r\nb", "a\r\nb"), ("\n\n", "\r\n\r\n"), ("a\rb\n", "a\rb\r\n"), ("", ""),
    ])
    func toMail(_ text: String, _ expected: String) {
        #expect(LineEnds.toMail(Array(text.utf8)) == Array(expected.utf8))
        #expect(LineEnds.toMail(LineEnds.toFile(Array(expected.utf8))) == Array(expected.utf8))
    }
}
