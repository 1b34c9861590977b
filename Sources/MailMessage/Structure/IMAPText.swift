/// Writes the lists of ENVELOPE and BODYSTRUCTURE. Whatever the mail holds, what comes out is valid IMAP.
struct IMAPText {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(512) }

    mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func space() { bytes.append(0x20) }
    mutating func number(_ value: Int) { bytes.append(contentsOf: String(value).utf8) }

    mutating func nstring(_ text: [UInt8]?) {
        if let text { string(text) } else { raw("NIL") }
    }

    /// In capitals and quotes: types, encodings, names of parameters.
    mutating func keyword(_ text: String) { string(text.utf8.map(\.asciiUppercased)) }

    // string = quoted / literal. NUL cannot be sent at all (RFC 9051 §4.3) and is left out.
    mutating func string(_ text: [UInt8]) {
        let text = text.contains(0) ? text.filter { $0 != 0 } : text
        guard text.count <= MessageLimits.quotedStringLength, text.allSatisfy(Self.isQuotable) else {
            return literal(text)
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Bytes above 127 go as literals, which every client reads, UTF8=ACCEPT or not.
    private static func isQuotable(_ byte: UInt8) -> Bool { byte < 0x80 && byte != 0x0d && byte != 0x0a }

    private mutating func literal(_ text: [UInt8]) {
        raw("{")
        number(text.count)
        raw("}\r\n")
        bytes.append(contentsOf: text)
    }
}
