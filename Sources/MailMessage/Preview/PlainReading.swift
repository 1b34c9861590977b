/// What of a plain text its sender wrote for this message.
enum PlainReading {
    /// Without quoted lines and the line that introduces them, up to the signature. A text of nothing but quotes is shown
    /// as it is.
    static func ownWords(_ text: String) -> String {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var kept: [Substring] = []
        for line in lines {
            if isEnd(line) { break }
            if line.first == ">" {
                dropIntroduction(&kept)
            } else if !isArmour(line) {
                kept.append(line)
            }
        }
        let own = kept.joined(separator: "\n")
        return own.allSatisfy(\.isWhitespace) ? text : own
    }

    /// `-- ` begins a signature (RFC 3676 §4.3); below the other line stands the message that is answered.
    private static func isEnd(_ line: Substring) -> Bool {
        line == "-- " || (line.hasPrefix("-----") && line.contains("Original"))
    }

    /// OpenPGP's frame around signed text (RFC 9580 §7).
    private static func isArmour(_ line: Substring) -> Bool {
        line.hasPrefix("-----BEGIN PGP SIGNED MESSAGE-----") || line.hasPrefix("Hash: SHA")
    }

    /// `On Monday Anna wrote:`, perhaps on two lines, in whatever language: it ends in a colon right before the quote.
    private static func dropIntroduction(_ kept: inout [Substring]) {
        while kept.last?.allSatisfy(\.isWhitespace) == true { kept.removeLast() }
        guard kept.last?.last(where: { !$0.isWhitespace }) == ":" else { return }
        kept.removeLast()
        if let line = kept.last, line.contains(where: \.isNumber), line.hasPrefix("On ") || line.hasPrefix("Am ") {
            kept.removeLast()
        }
    }
}
