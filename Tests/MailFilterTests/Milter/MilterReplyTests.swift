import Testing

@testable import MailFilter

@Suite struct MilterReplyTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let letter: Character
        let data: String
        let expected: MilterReply?
        var testDescription: String { "\(letter) \(data.debugDescription)" }

        init(_ letter: Character, _ data: String, _ expected: MilterReply?) {
            (self.letter, self.data, self.expected) = (letter, data, expected)
        }
    }

    @Test(arguments: [
        Row("c", "", .continue), Row("a", "", .accept), Row("r", "", .reject), Row("t", "", .tempfail),
        Row("d", "", .discard), Row("p", "", .progress), Row("s", "", .skip), Row("4", "", .shutdown),
        Row("f", "", .connectionFailed),
        Row("h", "X-Spam\0Yes\0", .change(.addHeader(name: Array("X-Spam".utf8), value: Array("Yes".utf8)))),
        Row("h", "X-Spam\0Yes", .change(.addHeader(name: Array("X-Spam".utf8), value: Array("Yes".utf8)))),
        Row("h", "X-Empty\0\0", .change(.addHeader(name: Array("X-Empty".utf8), value: []))),
        Row("h", "\0Yes\0", nil), Row("h", "X-Spam", nil), Row("h", "", nil),
        Row("i", "\0\0\0\u{2}A\0b\0", .change(.insertHeader(at: 2, name: [0x41], value: [0x62]))),
        Row("i", "\0\0\0", nil), Row("i", "\0\0\0\u{2}", nil),
        Row("m", "\0\0\0\u{1}Subject\0\0", .change(.changeHeader(nth: 1, name: Array("Subject".utf8), value: []))),
        Row("m", "\0\0", nil),
        Row("+", "<a@example.org>\0", .change(.addRecipient("<a@example.org>", parameters: ""))),
        Row(
            "2", "<a@example.org>\0NOTIFY=NEVER\0",
            .change(.addRecipient("<a@example.org>", parameters: "NOTIFY=NEVER"))),
        Row("+", "", nil),
        Row("-", "<a@example.org>\0", .change(.deleteRecipient("<a@example.org>"))),
        Row("e", "<>\0", .change(.changeSender("<>", parameters: ""))),
        Row("b", "piece", .change(.replaceBody(Array("piece".utf8)))),
        Row("b", "", .change(.replaceBody([]))),
        Row("q", "looks odd\0", .change(.quarantine(reason: "looks odd"))),
        Row("q", "", .change(.quarantine(reason: ""))),
        Row("y", "550 5.7.1 No\0", .reply(MilterReplyText(code: 550, status: "5.7.1", text: "No"))),
        Row("y", "450 Later\0", .reply(MilterReplyText(code: 450, status: "", text: "Later"))),
        Row("y", "250 2.0.0 Fine\0", nil), Row("y", "55\0", nil), Row("y", "", nil),
        Row("z", "", nil), Row("O", "\0\0\0\u{6}", nil), Row("L", "", nil), Row("\0", "", nil),
    ])
    func reads(_ row: Row) {
        #expect(MilterReply(MilterPacket(row.letter, Array(row.data.utf8))) == row.expected)
    }

    @Test(arguments: [
        ("550-5.7.1 one\r\n550 5.7.1 two", 550, "5.7.1", "one two"),
        ("550 5.7.1", 550, "5.7.1", ""),
        ("550", 550, "", ""),
        ("421 4.7.0 100%% sure", 421, "4.7.0", "100% sure"),
        ("554 %%%% %", 554, "", "%% %"),
        // A class that contradicts the code is no status.
        ("550 4.7.1 odd", 550, "", "4.7.1 odd"),
        ("550 5.7.1 a\u{1}b\tc", 550, "5.7.1", "a?b?c"),
        ("550 5.7.1.2 x", 550, "", "5.7.1.2 x"),
    ])
    func takesRepliesApart(_ text: String, _ code: Int, _ status: String, _ words: String) {
        #expect(MilterReplyText(Array(text.utf8)) == MilterReplyText(code: code, status: status, text: words))
    }

    @Test func boundsReplies() {
        let lines = (0..<100).map { _ in "550 " + String(repeating: "x", count: 2_000) }.joined(separator: "\r\n")
        let reply = MilterReplyText(Array(lines.utf8))
        #expect(reply?.text.count == MilterReplyText.mostLines * (MilterReplyText.longestLine + 1) - 1)
    }

    /// Cut at every octet and with every letter: an answer or none, and never the end of the process.
    @Test func survivesAnyPacket() {
        let texts = [
            "\0\0\0\u{6}\0\0\u{1}\u{ff}\0\u{1f}\u{f7}\u{ff}\0\0\0\u{2}i j\0", "\u{1}\u{2}\u{3}\u{4}Name\0value\0more\0",
            "550 5.7.1 x\r\n",
        ]
        for text in texts.map({ Array($0.utf8) }) {
            for letter in UInt8.min ... .max {
                for end in 0...text.count { _ = MilterReply(MilterPacket(letter, Array(text.prefix(end)))) }
            }
        }
    }
}
