/// A place in some bytes. Each element of a grammar is a pair: `x()` tries and answers nil or false, `expectX()` throws
/// what it expected and where. Whichever fails leaves the cursor where it was.
package struct ByteCursor: Sendable {
    package let bytes: [UInt8]
    package private(set) var offset = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }
    package init(_ bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }
    package init(_ text: String) { bytes = Array(text.utf8) }

    package var isAtEnd: Bool { offset >= bytes.count }
    package var remaining: Int { bytes.count - offset }
    /// What has not been read yet.
    package var rest: ArraySlice<UInt8> { bytes[offset...] }

    /// The byte `distance` places ahead, without moving.
    package func peek(_ distance: Int = 0) -> UInt8? {
        guard distance >= 0, distance < remaining else { return nil }
        return bytes[offset + distance]
    }

    /// The error of an `expect` that fails here: incomplete at the end of the input, invalid before it.
    package func failure(_ expected: String) -> SyntaxError {
        SyntaxError(isAtEnd ? .incomplete : .invalid, expected: expected, offset: offset)
    }

    /// An error for something that was read whole and is wrong or too large.
    package func failure(_ reason: SyntaxError.Reason, _ expected: String, at start: Int? = nil) -> SyntaxError {
        SyntaxError(reason, expected: expected, offset: start ?? offset)
    }
}

// MARK: Single bytes and ends

extension ByteCursor {
    package mutating func byte(_ wanted: UInt8) -> Bool {
        guard peek() == wanted else { return false }
        offset += 1
        return true
    }

    package mutating func expectByte(_ wanted: UInt8, _ expected: String) throws(SyntaxError) {
        guard byte(wanted) else { throw failure(expected) }
    }

    /// Whatever byte comes next.
    package mutating func anyByte() -> UInt8? {
        guard let next = peek() else { return nil }
        offset += 1
        return next
    }

    package mutating func space() -> Bool { byte(0x20) }
    /// Any number of spaces; whether there was one.
    package mutating func spaces() -> Bool {
        var found = false
        while space() { found = true }
        return found
    }
    package mutating func expectSpace() throws(SyntaxError) { try expectByte(0x20, "a space") }

    package func expectEnd(_ expected: String = "the end of the line") throws(SyntaxError) {
        guard isAtEnd else { throw failure(expected) }
    }
}

// MARK: Runs of bytes

extension ByteCursor {
    /// As many bytes of the class as there are, at least one.
    package mutating func run(of wanted: ByteClass) -> ArraySlice<UInt8>? {
        let start = offset
        var place = start
        while place < bytes.count, wanted.contains(bytes[place]) { place += 1 }
        guard place > start else { return nil }
        offset = place
        return bytes[start..<place]
    }

    package mutating func expectRun(of wanted: ByteClass, _ expected: String) throws(SyntaxError) -> ArraySlice<UInt8> {
        guard let found = run(of: wanted) else { throw failure(expected) }
        return found
    }

    /// Exactly so many bytes, whatever they are.
    package mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= remaining else { return nil }
        let start = offset
        offset += count
        return bytes[start..<offset]
    }

    package mutating func expectTake(_ count: Int, _ expected: String) throws(SyntaxError) -> ArraySlice<UInt8> {
        guard let found = take(count) else {
            throw SyntaxError(.incomplete, expected: expected, offset: bytes.count)
        }
        return found
    }

    /// The given ASCII text without regard to case; what follows it is not looked at.
    package mutating func text(_ wanted: StaticString) -> Bool {
        let matches = wanted.withUTF8Buffer { buffer in
            guard buffer.count <= remaining else { return false }
            for (index, byte) in buffer.enumerated() {
                guard bytes[offset + index].asciiUppercased == byte.asciiUppercased else { return false }
            }
            return true
        }
        if matches { offset += wanted.utf8CodeUnitCount }
        return matches
    }

    package mutating func expectText(_ wanted: StaticString, _ expected: String) throws(SyntaxError) {
        guard text(wanted) else { throw failure(expected) }
    }
}

// MARK: Numbers and trials

extension ByteCursor {
    /// 2^64-1 has twenty digits; longer runs are refused whatever they say, leading zeros included.
    package static let maximumDigits = 20

    /// A decimal number; nil without a digit, over the digit cap, or over `maximum`.
    package mutating func number(maximum: UInt64 = .max) -> UInt64? {
        var trial = self
        guard let digits = trial.run(of: .digit), let value = UInt64(decimal: digits), value <= maximum else {
            return nil
        }
        self = trial
        return value
    }

    package mutating func expectNumber(_ expected: String, maximum: UInt64 = .max) throws(SyntaxError) -> UInt64 {
        guard let value = number(maximum: maximum) else { throw failure(expected) }
        return value
    }

    /// Runs a rule of several elements; if it throws, the cursor is back where it began.
    package mutating func all<Value>(
        _ rule: (inout ByteCursor) throws(SyntaxError) -> Value
    ) throws(SyntaxError) -> Value {
        var trial = self
        let value = try rule(&trial)
        self = trial
        return value
    }
}

extension UInt64 {
    /// Decimal digits and nothing else, at most `ByteCursor.maximumDigits`; nil when they do not fit.
    package init?(decimal digits: ArraySlice<UInt8>) {
        guard (1...ByteCursor.maximumDigits).contains(digits.count) else { return nil }
        var value: UInt64 = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            let (tens, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = tens.addingReportingOverflow(UInt64(digit - 0x30))
            guard !tooLarge, !carried else { return nil }
            value = sum
        }
        self = value
    }
}

extension UInt8 {
    package var asciiUppercased: UInt8 { (0x61...0x7a).contains(self) ? self - 0x20 : self }
    package var asciiLowercased: UInt8 { (0x41...0x5a).contains(self) ? self + 0x20 : self }
}

extension ArraySlice<UInt8> {
    /// ASCII letters in capitals, as text; only for bytes a grammar has already found to be ASCII.
    package var asciiUppercasedText: String {
        String(unsafeUninitializedCapacity: count) { buffer in
            for (index, byte) in self.enumerated() { buffer[index] = byte.asciiUppercased }
            return self.count
        }
    }
}
