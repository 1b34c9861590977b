/// Finds what TOML would take for a date or a time. No key of ours has one, and the TOML library does not survive broken
/// ones: `1979-05-27T_` fails an assertion in it.
struct BareDates {
    /// The line of the first one outside of strings and comments; nil when there is none.
    static func line(in text: String) -> Int? {
        var scan = BareDates(Array(text.utf8))
        return scan.find()
    }

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    private mutating func find() -> Int? {
        while position < bytes.count {
            let start = position
            switch bytes[position] {
            case UInt8(ascii: "#"): skip { $0 != 0x0a }
            case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString(bytes[position])
            case let byte where Self.isWord(byte):
                skip(while: Self.isWord)
                if Self.isDate(bytes[start..<position]) { return bytes[..<start].count { $0 == 0x0a } + 1 }
            default: position += 1
            }
        }
        return nil
    }

    private mutating func skip(while isWanted: (UInt8) -> Bool) {
        while position < bytes.count, isWanted(bytes[position]) { position += 1 }
    }

    /// `"..."` and `'...'` end with their line at the latest; those of three quotes may go on.
    private mutating func skipString(_ quote: UInt8) {
        let isLong = bytes[position...].starts(with: [quote, quote, quote])
        let end = isLong ? [quote, quote, quote] : [quote]
        position += end.count
        while position < bytes.count, !bytes[position...].starts(with: end) {
            if !isLong, bytes[position] == 0x0a { return }
            position += quote == UInt8(ascii: "\"") && bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position = min(position + end.count, bytes.count)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: ":"): true
        default: false
        }
    }

    /// Begins with a digit, and has a colon or a hyphen that is not the sign of an exponent.
    private static func isDate(_ word: ArraySlice<UInt8>) -> Bool {
        guard let first = word.first, (0x30...0x39).contains(first) else { return false }
        return zip(word, word.dropFirst()).contains { before, byte in
            byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") && before | 0x20 != UInt8(ascii: "e")
        }
    }
}
