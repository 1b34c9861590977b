import Testing

@testable import MailTool

/// Tables on terminals of every width: what does not fit is cut or stands below, and no line is wider than the terminal.
@Suite struct TableLayoutTests {
    static let names = ["address", "name", "used bytes"]
    static let rows: [[Field]] = [
        [.text("anna@example.test"), .text("Anna Andersson of the library"), .number(1, shown: "489 MB")],
        [.text("bo@example.test"), .text("Bo"), .number(nil)],
    ]

    private func lines(_ width: Int?, _ rows: [[Field]] = rows, header: [String]? = names) -> [String] {
        TableLayout(width: width, mark: "…").lines(header: header, names: Self.names, rows: rows)
    }

    @Test func withoutATerminalNothingIsCut() {
        #expect(
            lines(nil) == [
                "address            name                           used bytes",
                "anna@example.test  Anna Andersson of the library      489 MB",
                "bo@example.test    Bo                                      –",
            ])
    }

    @Test func aLongColumnIsCut() {
        #expect(lines(60) == lines(nil))
        #expect(
            lines(45) == [
                "address            name            used bytes",
                "anna@example.test  Anna Andersso…      489 MB",
                "bo@example.test    Bo                       –",
            ])
    }

    @Test func whereThatIsNotEnoughEachRecordStandsByItself() {
        #expect(
            lines(40) == [
                "address     anna@example.test", "name        Anna Andersson of the librar", "            y",
                "used bytes  489 MB", "", "address     bo@example.test", "name        Bo", "used bytes  –",
            ])
        #expect(lines(38, header: nil) == lines(38))
    }

    @Test(arguments: 1...130) func noLineIsWiderThanTheTerminal(_ width: Int) {
        let odd =
            Self.rows + [
                [.text("письмо@пример.test"), .text("日本語のとても長い名前です 👩‍👩‍👧 e\u{301}"), .number(12, shown: "12 B")]
            ]
        let longestLabel = 10
        for line in lines(width, odd) {
            #expect(TextWidth.of(line) <= max(width, longestLabel, 4), "\(line)")
        }
        // What is cut is marked, and what stands below is whole.
        let text = lines(width, odd).joined()
        #expect(text.contains("…") || text.filter { $0 != " " }.contains("日本語のとても長い名前です"))
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("åäö", 3), ("e\u{301}", 1), ("日本", 4), ("😀", 2), ("👩‍👩‍👧", 2), ("–", 1), ("…", 1),
        ("\u{200d}", 0),
    ]) func widths(_ text: String, _ width: Int) { #expect(TextWidth.of(text) == width) }

    @Test func shorteningAndCutting() {
        #expect(TextWidth.shortened("abcdef", to: 6, mark: "…") == "abcdef")
        #expect(TextWidth.shortened("abcdef", to: 5, mark: "…") == "abcd…")
        #expect(TextWidth.shortened("日本語", to: 4, mark: "…") == "日…")
        #expect(TextWidth.pieces("abcdef", of: 6) == ["abcdef"])
        #expect(TextWidth.pieces("abcdef", of: 4) == ["abcd", "ef"])
        #expect(TextWidth.pieces("日本語", of: 3) == ["日", "本", "語"])
        #expect(TextWidth.pieces("日本", of: 1) == ["日", "本"])
        #expect(TextWidth.pieces("", of: 4) == [""])
    }
}
