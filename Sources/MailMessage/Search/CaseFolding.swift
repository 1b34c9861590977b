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

    /// ASCII, of which there is most in any text, goes in runs.
    private static func mapped(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { bytes in
            var result: [UInt8] = []
            result.reserveCapacity(bytes.count + bytes.count / 4)
            var rest = bytes[...]
            while !rest.isEmpty {
                let run = rest.prefix { $0 < 0x80 }
                append(run, to: &result)
                rest = rest[run.endIndex...]
                let others = rest.prefix { $0 >= 0x80 }
                rest = rest[others.endIndex...]
                for scalar in String(decoding: others, as: UTF8.self).unicodeScalars {
                    Casemap.map(scalar) {
                        result.append(contentsOf: UTF8.encode($0) ?? UTF8.encodedReplacementCharacter)
                    }
                }
            }
            return result
        }
    }

    private static func append(_ ascii: Slice<UnsafeBufferPointer<UInt8>>, to result: inout [UInt8]) {
        let start = result.count
        result.append(contentsOf: UnsafeBufferPointer(rebasing: ascii))
        result.withUnsafeMutableBufferPointer {
            for index in start..<$0.count { $0[index] = $0[index].asciiUppercased }
        }
    }
}
