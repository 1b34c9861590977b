/// The `; name=value` list of a MIME field.
package struct Parameters: Sendable {
    package struct Entry: Sendable, Equatable {
        /// In lower case, with the marks of RFC 2231 (`filename*0*`) if it has them.
        package let name: String
        /// Without quotes and backslashes, otherwise as written.
        package let value: [UInt8]
    }

    package let list: [Entry]

    package init(_ list: [Entry] = []) { self.list = list }

    /// The plain value of that lower-case name.
    package subscript(_ name: String) -> [UInt8]? { list.first { $0.name == name }?.value }

    /// The value for people: continuations joined, charsets and encoded words decoded (RFC 2231 §3, §4).
    package func decoded(_ name: String) -> String? {
        if let extended = ExtendedParameter(name, in: list) { return extended.text }
        // An encoded word is not allowed here (RFC 2047 §5), and common.
        return self[name].map { EncodedWord.decode($0) }
    }
}

/// A parameter in the pieces of RFC 2231: `name*=charset'language'text` or `name*0=…; name*1*=…`.
private struct ExtendedParameter {
    private struct Piece {
        let number: Int
        let isEncoded: Bool
        let value: [UInt8]
    }

    private var pieces: [Piece]

    init?(_ name: String, in list: [Parameters.Entry]) {
        pieces = list.compactMap { Self.piece($0, of: name) }.sorted { $0.number < $1.number }
        guard pieces.first?.number == 0 else { return nil }
    }

    // extended names: attribute ["*" digits] ["*"]
    private static func piece(_ entry: Parameters.Entry, of name: String) -> Piece? {
        guard entry.name.utf8.count > name.utf8.count + 1 || entry.name == name + "*", entry.name.hasPrefix(name + "*")
        else { return nil }
        var rest = entry.name.dropFirst(name.count + 1)
        if rest.isEmpty { return Piece(number: 0, isEncoded: true, value: entry.value) }
        let isEncoded = rest.last == "*"
        if isEncoded { rest.removeLast() }
        guard let number = Int(rest), number >= 0 else { return nil }
        return Piece(number: number, isEncoded: isEncoded, value: entry.value)
    }

    var text: String {
        var charset: String?
        var bytes: [UInt8] = []
        var expected = 0
        for piece in pieces where piece.number == expected {  // a repeated number counts once; a gap ends it
            expected += 1
            guard piece.isEncoded else {
                bytes += piece.value
                continue
            }
            var value = piece.value[...]
            if piece.number == 0 { charset = Self.takeCharset(&value) }
            bytes += Self.percentDecoded(value)
        }
        return Charset.decode(bytes, label: charset)
    }

    /// Cuts `charset'language'` from the front.
    private static func takeCharset(_ value: inout ArraySlice<UInt8>) -> String? {
        let parts = value.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        value = parts[2]
        return parts[0].isEmpty ? nil : String(decoding: parts[0], as: UTF8.self)
    }

    private static func percentDecoded(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = value
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let high = ByteClass.hexValue(rest[rest.startIndex]),
                let low = ByteClass.hexValue(rest[rest.startIndex + 1])
            {
                result.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte)
            }
        }
        return result
    }
}
