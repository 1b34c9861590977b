/// One field of a header, as it was written.
package struct HeaderField: Sendable {
    package let name: ArraySlice<UInt8>
    /// Behind the colon, folds and line end included.
    package let rawValue: ArraySlice<UInt8>
    /// Name, colon, value and line end.
    package let raw: ArraySlice<UInt8>
    /// The place of `raw` in the message.
    package let range: Range<Int>

    /// The value on one line, without white space at its ends (RFC 5322 §2.2.3). CR, LF and NUL are gone.
    package var unfolded: [UInt8] {
        let value = rawValue.trimmingSpace()
        let isPlain = value.allSatisfy { $0 != 0x0d && $0 != 0x0a && $0 != 0 }
        return isPlain ? Array(value) : Array(value.filter { $0 != 0x0d && $0 != 0x0a && $0 != 0 }.trimmingSpace())
    }

    /// The value for people: unfolded, encoded words decoded (RFC 2047).
    package var decoded: String { EncodedWord.decode(unfolded) }
    package var nameText: String { String(decoding: name, as: UTF8.self) }
}
