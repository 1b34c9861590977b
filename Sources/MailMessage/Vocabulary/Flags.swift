/// The flags of one message as bits: 0-7 IMAP's system flags, 8-61 the account's keywords (see `KeywordTable`).
package struct FlagBits: OptionSet, Hashable, Sendable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }

    package static let seen = FlagBits(rawValue: 1 << 0)
    package static let answered = FlagBits(rawValue: 1 << 1)
    package static let flagged = FlagBits(rawValue: 1 << 2)
    package static let deleted = FlagBits(rawValue: 1 << 3)
    package static let draft = FlagBits(rawValue: 1 << 4)
    package static let all = FlagBits(rawValue: -1)

    package static let systemFlags: [(bits: FlagBits, name: String)] = [
        (.answered, "\\Answered"), (.flagged, "\\Flagged"), (.deleted, "\\Deleted"), (.seen, "\\Seen"),
        (.draft, "\\Draft"),
    ]
    package static let firstKeywordBit = 8
    package static let lastKeywordBit = 61
}

/// One flag as a client names it: `\Seen` or a keyword such as `$Forwarded`.
package enum Flag: Hashable, Sendable {
    case system(FlagBits)
    case keyword(Keyword)
}

/// A keyword: an IMAP atom of at most 64 bytes, compared without regard to ASCII case (RFC 9051 §2.3.2).
package struct Keyword: Hashable, Sendable, CustomStringConvertible {
    package static let maximumLength = 64
    package let name: String

    /// Nil when the text is not an atom, too long, or begins with a backslash.
    package init?(_ name: String) {
        guard (1...Self.maximumLength).contains(name.utf8.count), name.utf8.allSatisfy(Self.isAtomByte) else {
            return nil
        }
        self.name = name
    }

    package static func == (left: Keyword, right: Keyword) -> Bool { left.name.lowercased() == right.name.lowercased() }
    package func hash(into hasher: inout Hasher) { hasher.combine(name.lowercased()) }
    package var description: String { name }

    private static func isAtomByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "*"): false
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "]"): false
        default: byte > 0x20 && byte < 0x7f
        }
    }
}

/// Which bit of `FlagBits` stands for which keyword in one account.
package struct KeywordTable: Sendable, Equatable {
    package private(set) var names: [Int: Keyword]

    package init(_ names: [Int: Keyword] = [:]) { self.names = names }

    package func bit(of keyword: Keyword) -> Int? { names.first { $0.value == keyword }?.key }

    package mutating func set(_ keyword: Keyword, bit: Int) { names[bit] = keyword }

    /// The lowest bit no keyword uses, or nil when all 54 are taken.
    package var freeBit: Int? { (FlagBits.firstKeywordBit...FlagBits.lastKeywordBit).first { names[$0] == nil } }

    /// The flags of one message as values.
    package func flags(of bits: FlagBits) -> [Flag] {
        let system = FlagBits.systemFlags.filter { bits.contains($0.bits) }.map { Flag.system($0.bits) }
        let keywords = names.filter { bits.contains(FlagBits(rawValue: 1 << Int64($0.key))) }
        return system + keywords.sorted { $0.key < $1.key }.map { .keyword($0.value) }
    }

    /// The flag names of one message, system flags first, in IMAP's spelling.
    package func names(of flags: FlagBits) -> [String] {
        var result = FlagBits.systemFlags.filter { flags.contains($0.bits) }.map(\.name)
        guard flags.rawValue >> FlagBits.firstKeywordBit != 0 else { return result }
        for (bit, keyword) in names.sorted(by: { $0.key < $1.key }) where flags.rawValue & (1 << Int64(bit)) != 0 {
            result.append(keyword.name)
        }
        return result
    }
}
