/// What command lines of SMTP and POP3 need beside IMAP's elements.
extension ByteCursor {
    /// The longest run of bytes that satisfy the condition; may be empty.
    mutating func run(while condition: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        take(rest.prefix(while: condition).count) ?? []
    }

    /// True when at least one space or tab was there.
    @discardableResult
    mutating func skipSpaces() -> Bool { !run(while: { $0 == 0x20 || $0 == 0x09 }).isEmpty }

    mutating func character(_ wanted: Unicode.Scalar) -> Bool { byte(UInt8(ascii: wanted)) }

    /// The rest of the line without its trailing spaces.
    mutating func takeRest() -> ArraySlice<UInt8> {
        var result = take(remaining) ?? []
        while let last = result.last, last == 0x20 || last == 0x09 { result.removeLast() }
        return result
    }
}

extension UInt8 {
    var isASCIILetter: Bool { (0x41...0x5a).contains(asciiUppercased) }
    var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
}

extension String {
    /// ASCII letters in capitals, for comparing keywords.
    var asciiUppercased: String { Array(utf8)[...].asciiUppercasedText }
}
