/// Whether bytes are a well-formed list of IMAP: what we send must never confuse the client, whatever the mail says.
enum IMAPGrammar {
    /// What is wrong, or nil: parentheses match, strings end, literals are as long as they say, nothing is binary.
    static func fault(in bytes: [UInt8]) -> String? {
        var depth = 0
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: "\""):
                guard let end = endOfQuoted(bytes, position) else {
                    return "a quoted string without end at \(position)"
                }
                position = end
            case UInt8(ascii: "{"):
                guard let end = endOfLiteral(bytes, position) else { return "a broken literal at \(position)" }
                position = end
            case 0x20...0x7e: break
            default: return "byte \(bytes[position]) outside of strings at \(position)"
            }
            guard depth >= 0 else { return "a parenthesis too many at \(position)" }
            position += 1
        }
        return depth == 0 ? nil : "\(depth) open parentheses"
    }

    /// The index of the closing quote.
    private static func endOfQuoted(_ bytes: [UInt8], _ start: Int) -> Int? {
        var position = start + 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") { position += 1 }
            guard position < bytes.count, ![0, 0x0a, 0x0d].contains(bytes[position]), bytes[position] < 0x80 else {
                return nil
            }
            position += 1
        }
        return position < bytes.count ? position : nil
    }

    /// The index of the last byte of `{n}` CRLF and n bytes.
    private static func endOfLiteral(_ bytes: [UInt8], _ start: Int) -> Int? {
        guard let close = bytes[start...].prefix(24).firstIndex(of: UInt8(ascii: "}")),
            let count = Int(String(decoding: bytes[(start + 1)..<close], as: UTF8.self)),
            bytes[(close + 1)...].starts(with: [0x0d, 0x0a]), count <= bytes.count - close - 3
        else { return nil }
        return bytes[(close + 3)..<(close + 3 + count)].contains(0) ? nil : close + 2 + count
    }
}
