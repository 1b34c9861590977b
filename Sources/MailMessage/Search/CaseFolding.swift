/// Text made comparable for SEARCH: lower case, as UTF-8.
package enum CaseFolding {
    package static func fold(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { utf8 in fold(utf8) } ?? Array(text.lowercased().utf8)
    }

    /// From UTF-8 or ASCII bytes; nil when they are not plain ASCII.
    private static func fold(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var high: UInt8 = 0
        let folded = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
            for index in bytes.indices {
                let byte = bytes[index]
                high |= byte
                buffer[index] = byte &+ (byte &- 0x41 < 26 ? 0x20 : 0)
            }
            count = bytes.count
        }
        return high < 0x80 ? folded : nil
    }

    /// Bytes in a charset, folded; plain ASCII does not go through the charset's decoder.
    static func fold(_ bytes: [UInt8], charset: String?) -> [UInt8] {
        // Other charsets, such as ISO-2022-JP and UTF-7, have text that only looks like ASCII.
        let name = charset?.lowercased() ?? "us-ascii"
        let isPlain = name == "utf-8" || name == "us-ascii" || name.hasPrefix("iso-8859")
        if isPlain, let folded = bytes.withUnsafeBufferPointer({ fold($0) }) { return folded }
        return fold(Charset.decode(bytes, label: charset))
    }
}
