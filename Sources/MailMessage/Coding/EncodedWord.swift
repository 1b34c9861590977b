/// RFC 2047: text in header fields.
package enum EncodedWord {
    /// A header value for people. Encoded words that make no sense stay as they are.
    package static func decode(_ bytes: some Collection<UInt8>) -> String {
        var decoder = EncodedWordDecoder(Array(bytes))
        return decoder.decode()
    }

    /// Bytes in one encoded word: 64 characters, so that a line with the name of its field keeps to 76 (§2).
    private static let contentLength = 39

    /// The bytes for a header value: as it is when plain, else as encoded words, each on a line of its own but the first.
    package static func encode(_ text: String) -> [UInt8] {
        guard needsEncoding(text) else { return Array(text.utf8) }
        var words: [[UInt8]] = []
        var current: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if current.count + bytes.count > contentLength {
                words.append(current)
                current = []
            }
            current += bytes
        }
        words.append(current)
        return Array(
            words.map { Array("=?utf-8?B?".utf8) + TransferEncoder.base64Text($0) + Array("?=".utf8) }
                .joined(separator: [0x0d, 0x0a, 0x20]))
    }

    /// Text beyond printable ASCII, with odd white space, or that looks like an encoded word itself.
    static func needsEncoding(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.allSatisfy({ (0x20...0x7e).contains($0) }), bytes.first != 0x20, bytes.last != 0x20 else {
            return !bytes.isEmpty
        }
        return text.contains("=?") || bytes.split(separator: 0x20).contains { $0.count > 900 }
    }
}
