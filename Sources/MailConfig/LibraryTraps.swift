/// Finds what fails an assertion in the TOML library, and so would end the process: broken dates and times such as
/// `1979-05-27T_` (no key of ours has one, broken or not), and a section without a name such as `[=]`.
struct LibraryTraps {
    struct Trap: Equatable {
        let line: Int
        let message: String
    }

    static let dateMessage = "dates and times are no values here: a text stands in quotes"
    static let sectionMessage = "a section has a name: [server]"

    /// The first one outside of strings and comments; nil when there is none.
    static func first(in text: String) -> Trap? {
        var scan = LibraryTraps(Array(text.utf8))
        return scan.find()
    }

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    private mutating func find() -> Trap? {
        while position < bytes.count {
            let start = position
            switch bytes[position] {
            case UInt8(ascii: "#"): skip { $0 != 0x0a }
            case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString(bytes[position])
            case let byte where Self.isWord(byte):
                skip(while: Self.isWord)
                if Self.isDate(bytes[start..<position]) { return trap(at: start, Self.dateMessage) }
            case UInt8(ascii: "["):
                let begins = isFirstOfItsLine
                skipBrackets()
                if begins, !isNameOrEnd { return trap(at: start, Self.sectionMessage) }
            default: position += 1
            }
        }
        return nil
    }

    private func trap(at place: Int, _ message: String) -> Trap {
        Trap(line: bytes[..<place].count { $0 == 0x0a } + 1, message: message)
    }

    private var isFirstOfItsLine: Bool {
        let before = bytes[..<position].reversed().drop(while: Self.isBlank)
        return before.first == nil || before.first == 0x0a || before.elementsEqual(Self.byteOrderMark.reversed())
    }

    /// One or two, with what blanks there are: "[ [" the library refuses by itself.
    private mutating func skipBrackets() {
        for _ in 0..<2 where position < bytes.count && bytes[position] == UInt8(ascii: "[") {
            position += 1
            skip(while: Self.isBlank)
        }
    }

    /// What the library expects behind brackets, or refuses by itself.
    private var isNameOrEnd: Bool {
        guard position < bytes.count else { return true }
        switch bytes[position] {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"), UInt8(ascii: "-"): return true
        case UInt8(ascii: "]"), UInt8(ascii: "\""), UInt8(ascii: "'"): return true
        default: return false
        }
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

    private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

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
