/// Text made comparable for SEARCH, SORT and THREAD: i;unicode-casemap (RFC 5051), as UTF-8.
package enum CaseFolding {
    package static func fold(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { utf8 in fold(utf8) } ?? mapped(text)
    }

    package static func fold(utf8 bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBufferPointer { fold($0) } ?? mapped(String(decoding: bytes, as: UTF8.self))
    }

    /// From UTF-8 or ASCII bytes; nil when they are not plain ASCII.
    package static func fold(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var isASCII = true
        let folded = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
            isASCII = foldASCII(bytes, into: buffer)
            count = bytes.count
        }
        return isASCII ? folded : nil
    }

    /// Capitals for ASCII letters, everything else as it is; false when there was a byte beyond ASCII.
    /// `target` has room for all of `bytes`.
    static func foldASCII(_ bytes: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        var high: UInt8 = 0
        for index in 0..<min(bytes.count, target.count) {
            let byte = bytes[index]
            high |= byte
            target[index] = byte &- (byte &- 0x61 < 26 ? 0x20 : 0)
        }
        return high < 0x80
    }

    /// Bytes in a charset, folded; plain ASCII does not go through the charset's decoder.
    static func fold(_ bytes: [UInt8], charset: String?) -> [UInt8] {
        // Other charsets, such as ISO-2022-JP and UTF-7, have text that only looks like ASCII.
        let name = charset?.lowercased() ?? "us-ascii"
        let isPlain = name == "utf-8" || name == "us-ascii" || name.hasPrefix("iso-8859")
        if isPlain, let folded = bytes.withUnsafeBufferPointer({ fold($0) }) { return folded }
        return fold(Charset.decode(bytes, label: charset))
    }

    private static func mapped(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + text.utf8.count / 4)
        for scalar in text.unicodeScalars {
            if scalar.value < 0x80 {
                result.append(UInt8(truncatingIfNeeded: scalar.value).asciiUppercased)
            } else {
                Casemap.map(scalar) { result.append(contentsOf: UTF8.encode($0) ?? UTF8.encodedReplacementCharacter) }
            }
        }
        return result
    }
}
