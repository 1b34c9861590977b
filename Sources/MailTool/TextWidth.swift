/// How many columns of a terminal a text takes.
enum TextWidth {
    static func of(_ text: String) -> Int {
        let octets = text.utf8
        // Nearly every text: a letter is an octet is a column.
        if octets.allSatisfy({ (0x20..<0x7f).contains($0) }) { return octets.count }
        return text.reduce(0) { $0 + of($1) }
    }

    /// A letter with all its marks is as wide as its widest part.
    static func of(_ character: Character) -> Int { character.unicodeScalars.reduce(0) { max($0, of($1)) } }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        guard scalar.value >= 0x300 else { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return isWide(scalar) ? 2 : 1
        }
    }

    /// UAX #11: East Asian wide and full width, and what is drawn as a picture.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
            0xffe0...0xffe6, 0x20000...0x3fffd:
            true
        default: scalar.properties.isEmojiPresentation
        }
    }

    /// As much of the beginning as fits, ended by `mark` where that is not all.
    static func shortened(_ text: String, to width: Int, mark: String) -> String {
        guard of(text) > width else { return text }
        return head(of: text, width: width - of(mark)).text + mark
    }

    /// Pieces that fit, nothing left out.
    static func pieces(_ text: String, of width: Int) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        while of(String(rest)) > width {
            let piece = head(of: String(rest), width: width)
            pieces.append(piece.text)
            rest = rest.dropFirst(piece.count)
        }
        return rest.isEmpty && !pieces.isEmpty ? pieces : pieces + [String(rest)]
    }

    /// At least one letter: what is narrower than that shows nothing.
    private static func head(of text: String, width: Int) -> (text: String, count: Int) {
        var (result, used, count) = ("", 0, 0)
        for character in text {
            used += of(character)
            guard used <= width || count == 0 else { break }
            result.append(character)
            count += 1
        }
        return (result, count)
    }
}
