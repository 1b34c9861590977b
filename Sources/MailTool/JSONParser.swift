/// Reads one JSON text (RFC 8259), nesting bounded.
package struct JSONParser {
    package struct Failure: Error, Equatable, Sendable {
        package let offset: Int
        package let message: String
    }

    static let maximumDepth = 32

    private let bytes: [UInt8]
    private var offset = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    package static func parse(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.offset == bytes.count else { throw parser.failure("something follows the value") }
        return value
    }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }
    private func failure(_ message: String) -> Failure { Failure(offset: offset, message: message) }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { offset += 1 }
    }

    private mutating func take(_ byte: Character) -> Bool {
        guard let wanted = byte.asciiValue, next == wanted else { return false }
        offset += 1
        return true
    }

    private mutating func word(_ word: String) -> Bool {
        guard bytes[offset...].starts(with: Array(word.utf8)) else { return false }
        offset += word.utf8.count
        return true
    }

    private mutating func value(depth: Int) throws(Failure) -> JSONValue {
        guard depth < Self.maximumDepth else { throw failure("nested too deeply") }
        skipSpace()
        if take("{") { return try object(depth: depth) }
        if take("[") { return try list(depth: depth) }
        if take("\"") { return .text(try text()) }
        if word("null") { return .null }
        if word("true") { return .flag(true) }
        if word("false") { return .flag(false) }
        return try number()
    }

    private mutating func object(depth: Int) throws(Failure) -> JSONValue {
        var pairs: [(String, JSONValue)] = []
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard take("\"") else { throw failure("a key in quotes is missing") }
            let key = try text()
            skipSpace()
            guard take(":") else { throw failure("\":\" is missing") }
            pairs.append((key, try value(depth: depth + 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw failure("\"}\" is missing") }
        return .object(pairs)
    }

    private mutating func list(depth: Int) throws(Failure) -> JSONValue {
        var items: [JSONValue] = []
        skipSpace()
        if take("]") { return .list([]) }
        repeat {
            items.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw failure("\"]\" is missing") }
        return .list(items)
    }

    /// number = [ minus ] int [ frac ] [ exp ]
    private mutating func number() throws(Failure) -> JSONValue {
        let start = offset
        _ = take("-")
        let isWhole = digits()
        let hasFraction = isWhole && take(".")
        var isRight = isWhole && (!hasFraction || digits())
        let hasExponent = isRight && (take("e") || take("E"))
        if hasExponent {
            if !take("+") { _ = take("-") }
            isRight = digits()
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isRight, !hasFraction, !hasExponent, let number = Int64(text) { return .integer(number) }
        guard isRight else {
            offset = start
            throw failure("not a JSON value that is understood here")
        }
        return .number(text)
    }

    private mutating func digits() -> Bool {
        let start = offset
        while let byte = next, (0x30...0x39).contains(byte) { offset += 1 }
        return offset > start
    }

    private mutating func text() throws(Failure) -> String {
        var result: [UInt8] = []
        while let byte = next {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: result, as: UTF8.self) else { throw failure("not UTF-8") }
                return text
            case UInt8(ascii: "\\"): try escape(into: &result)
            case 0..<0x20: throw failure("control character in a text")
            default: result.append(byte)
            }
        }
        throw failure("the text does not end")
    }

    private mutating func escape(into result: inout [UInt8]) throws(Failure) {
        guard let byte = next else { throw failure("the text does not end") }
        offset += 1
        switch byte {
        case UInt8(ascii: "n"): result.append(0x0a)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "r"): result.append(0x0d)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0c)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
        case UInt8(ascii: "u"): try unicode(into: &result)
        default: throw failure("unknown escape")
        }
    }

    private mutating func unicode(into result: inout [UInt8]) throws(Failure) {
        var code = try hexadecimal()
        if (0xd800..<0xdc00).contains(code) {
            guard word("\\u") else { throw failure("half of a surrogate pair") }
            let low = try hexadecimal()
            guard (0xdc00..<0xe000).contains(low) else { throw failure("half of a surrogate pair") }
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw failure("half of a surrogate pair") }
        result += Array(String(Character(scalar)).utf8)
    }

    private mutating func hexadecimal() throws(Failure) -> UInt32 {
        let digits = bytes[offset...].prefix(4)
        guard digits.count == 4, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw failure("four hexadecimal digits are missing")
        }
        offset += 4
        return code
    }
}
