/// Writes header fields: encoded where they must be, folded at white space (RFC 5322 §2.2.3).
struct HeaderWriter: Sendable {
    /// RFC 5322 §2.1.1: lines should not be longer.
    private static let lineLength = 78

    private(set) var bytes: [UInt8] = []

    /// Free text.
    mutating func add(_ name: String, _ value: String) { add(name, folding: EncodedWord.encode(value)) }

    mutating func add(_ name: String, addresses: [MailAddress]) {
        let texts = addresses.map { Self.text(of: $0) }
        add(name, folding: Array(texts.joined(separator: Array(", ".utf8))))
    }

    /// A value that is header syntax already. CR, LF and NUL in it become spaces, but for the folds of encoded words.
    mutating func add(_ name: String, folding value: [UInt8]) {
        var column = name.utf8.count + 1
        bytes += Array(name.utf8) + [UInt8(ascii: ":")]
        for word in value.split(whereSeparator: ByteClass.isSpace) {
            let plain = word.map { $0 == 0 ? 0x20 : $0 }
            if column + 1 + plain.count > Self.lineLength, column > name.utf8.count + 1 {
                bytes += [0x0d, 0x0a]
                column = 0
            }
            bytes.append(0x20)
            bytes += plain
            column += 1 + plain.count
        }
        bytes += [0x0d, 0x0a]
    }

    /// mailbox = name-addr / addr-spec
    private static func text(of address: MailAddress) -> [UInt8] {
        let local = Charset.decode(address.local, label: "utf-8")
        let spec = Array(
            (address.emailAddress?.description ?? "\(local)@" + Charset.decode(address.domain, label: "utf-8")).utf8)
        guard let name = address.displayName, !name.isEmpty else { return spec }
        return phrase(name) + Array(" <".utf8) + spec + [UInt8(ascii: ">")]
    }

    /// phrase: plain words, a quoted string, or encoded words.
    private static func phrase(_ name: String) -> [UInt8] {
        let bytes = Array(name.utf8)
        if EncodedWord.needsEncoding(name) { return EncodedWord.encode(name) }
        if bytes.allSatisfy({ ByteClass.isAtomText($0) || $0 == 0x20 }) { return bytes }
        return quoted(bytes)
    }

    static func quoted(_ bytes: [UInt8]) -> [UInt8] {
        var result = [UInt8(ascii: "\"")]
        for byte in bytes where byte >= 0x20 && byte != 0x7f {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
        }
        return result + [UInt8(ascii: "\"")]
    }

    /// `; name=value`, with RFC 2231's percent form where the value is more than ASCII.
    static func parameter(_ name: String, _ value: String) -> [UInt8] {
        let bytes = Array(value.utf8)
        if bytes.allSatisfy(ByteClass.isToken), !bytes.isEmpty { return Array("; \(name)=".utf8) + bytes }
        if bytes.allSatisfy({ $0 < 0x80 }) { return Array("; \(name)=".utf8) + quoted(bytes) }
        return Array("; \(name)*=utf-8''".utf8) + bytes.flatMap(percentEncoded)
    }

    private static func percentEncoded(_ byte: UInt8) -> [UInt8] {
        let isPlain =
            ByteClass.isLetter(byte) || ByteClass.isDigit(byte) || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "-")
        if isPlain { return [byte] }
        let hex = String(byte, radix: 16, uppercase: true)
        return Array((byte < 16 ? "%0" : "%").utf8) + Array(hex.utf8)
    }
}
