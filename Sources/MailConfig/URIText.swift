/// URIs as texts of the configuration (RFC 3986): a scheme, and something behind it.
enum URIText {
    static func check(_ text: String) throws(ValueRefusal) -> String {
        guard !text.isEmpty else { return text }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, isScheme(parts[0].utf8), !parts[1].isEmpty else {
            throw ValueRefusal("\"\(text)\" is not a URI such as \"mailto:postmaster@example.org\"")
        }
        guard isWritten(Array(parts[1].utf8)) else {
            throw ValueRefusal("\"\(text)\" has characters that a URI writes as %XX")
        }
        guard isMeant(parts[1], of: parts[0].lowercased()) else {
            throw ValueRefusal("\"\(text)\" does not lead to anybody")
        }
        return text
    }

    private static func isScheme(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first, isLetter(first) else { return false }
        return text.allSatisfy { isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) }
    }

    /// Unreserved, reserved, and percent signs with two digits behind them (§2).
    private static func isWritten(_ bytes: [UInt8]) -> Bool {
        for (index, byte) in bytes.enumerated() {
            let isPlain = isLetter(byte) || isDigit(byte) || "-._~:/?#[]@!$&'()*+,;=".utf8.contains(byte)
            let digits = bytes.dropFirst(index + 1).prefix(2)
            guard isPlain || byte == UInt8(ascii: "%") && digits.count == 2 && digits.allSatisfy(isHex) else {
                return false
            }
        }
        return true
    }

    /// What the usual schemes need: an address, a host.
    private static func isMeant(_ rest: Substring, of scheme: String) -> Bool {
        switch scheme {
        case "mailto":
            let sides = rest.prefix { $0 != "?" }.split(separator: "@", omittingEmptySubsequences: false)
            return sides.count == 2 && sides.allSatisfy { !$0.isEmpty }
        case "http", "https":
            return rest.hasPrefix("//") && rest.dropFirst(2).first.map { !"/?#:".contains($0) } ?? false
        default: return true
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) && byte & 0x80 == 0 }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }
}
