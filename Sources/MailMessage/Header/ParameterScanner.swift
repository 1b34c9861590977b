/// Reads `value; name=value; …` as mailers write it, not only as RFC 2045 §5.1 allows.
struct ParameterScanner {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        self.position = bytes.startIndex
    }

    private var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    /// A token in lower case, comments and white space before it skipped.
    mutating func token() -> String? {
        skipSpaceAndComments()
        let start = position
        while let byte = next, ByteClass.isToken(byte) { position += 1 }
        guard position > start else { return nil }
        return Self.lowercased(bytes[start..<position])
    }

    mutating func skip(_ byte: UInt8) -> Bool {
        skipSpaceAndComments()
        guard next == byte else { return false }
        position += 1
        return true
    }

    mutating func parameters() -> Parameters {
        var list: [Parameters.Entry] = []
        while list.count < MessageLimits.parameters, next != nil {
            if let entry = parameter() { list.append(entry) }
        }
        return Parameters(list)
    }

    /// One parameter; nil for rubbish, which it steps over.
    private mutating func parameter() -> Parameters.Entry? {
        skipSpaceAndComments()
        guard let name = token() else {
            position = min(position + 1, bytes.endIndex)  // ";" or what does not belong here
            return nil
        }
        guard skip(UInt8(ascii: "=")) else { return nil }
        skipSpaceAndComments()
        return Parameters.Entry(name: name, value: next == UInt8(ascii: "\"") ? quotedString() : looseValue())
    }

    /// Up to the quote, or to the end where it was forgotten. Folds vanish.
    private mutating func quotedString() -> [UInt8] {
        position += 1
        var value: [UInt8] = []
        while let byte = next {
            position += 1
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\"), let escaped = next {
                value.append(escaped)
                position += 1
            } else if byte != 0x0d, byte != 0x0a {
                value.append(byte)
            }
        }
        return value
    }

    /// Up to the semicolon or a comment: more than a token, because `filename=my file.txt` is common.
    private mutating func looseValue() -> [UInt8] {
        let start = position
        while let byte = next, byte != UInt8(ascii: ";") {
            if byte == UInt8(ascii: "("), position > start, ByteClass.isSpace(bytes[position - 1]) { break }
            position += 1
        }
        return bytes[start..<position].trimmingSpace().filter { $0 != 0x0d && $0 != 0x0a }
    }

    private mutating func skipSpaceAndComments() {
        while let byte = next {
            if ByteClass.isSpace(byte) {
                position += 1
            } else if byte == UInt8(ascii: "(") {
                skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() {
        var depth = 0
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: "\\"): position = min(position + 1, bytes.endIndex)
            default: break
            }
            if depth == 0 { return }
        }
    }

    private static func lowercased(_ slice: ArraySlice<UInt8>) -> String {
        String(unsafeUninitializedCapacity: slice.count) { buffer in
            for (index, byte) in slice.enumerated() { buffer[index] = byte.asciiLowercased }
            return slice.count
        }
    }
}
