/// Character classes of RFC 5322 and RFC 2045, for ASCII bytes.
enum ByteClass {
    private static let atomText: [Bool] = table("!#$%&'*+-/=?^_`{|}~")
    private static let token: [Bool] = table("!#$%&'*+-.^_`{|}~")

    private static func table(_ marks: String) -> [Bool] {
        var table = [Bool](repeating: false, count: 256)
        for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { table[Int(byte)] = true }
        for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { table[Int(byte)] = true }
        for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { table[Int(byte)] = true }
        for byte in marks.utf8 { table[Int(byte)] = true }
        return table
    }

    /// `atext`, RFC 5322 §3.2.3
    static func isAtomText(_ byte: UInt8) -> Bool { atomText[Int(byte)] }
    /// `token`, RFC 2045 §5.1
    static func isToken(_ byte: UInt8) -> Bool { token[Int(byte)] }
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }

    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

extension UInt8 {
    var asciiLowercased: UInt8 { (0x41...0x5a).contains(self) ? self | 0x20 : self }
    var asciiUppercased: UInt8 { (0x61...0x7a).contains(self) ? self & 0xdf : self }
}

extension Sequence<UInt8> {
    /// Equality without regard to ASCII case; `lowercase` must be in lower case already.
    func equalsIgnoringCase(_ lowercase: some Sequence<UInt8>) -> Bool {
        elementsEqual(lowercase) { $0.asciiLowercased == $1 }
    }
}

extension BidirectionalCollection<UInt8> where SubSequence: BidirectionalCollection {
    /// Without white space at both ends.
    func trimmingSpace() -> SubSequence {
        guard let first = firstIndex(where: { !ByteClass.isSpace($0) }),
            let last = lastIndex(where: { !ByteClass.isSpace($0) })
        else { return self[endIndex..<endIndex] }
        return self[first...last]
    }
}
