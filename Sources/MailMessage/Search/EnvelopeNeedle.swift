internal import Glibc

/// Says of most envelopes that a text does not stand in one of their items, without taking the item apart: what `PlainScan`
/// is for messages. Plain bytes, since two threads that count references to one array would wait for each other.
package struct EnvelopeNeedle: Sendable {
    private static let longest = 24

    /// Of the folded text the beginning of the longest piece that is spelled alike in an ENVELOPE: between quotes,
    /// backslashes, and what stands around the parts of an address.
    private let piece: InlineArray<24, UInt8>
    private let length: Int

    package init(_ folded: [UInt8]) {
        let apart = Array(#"" \<>@"#.utf8)
        let longest = folded.split { apart.contains($0) || ByteClass.isSpace($0) }.max { $0.count < $1.count } ?? []
        let start = Array(longest.prefix(Self.longest))
        piece = InlineArray { $0 < start.count ? start[$0] : 0 }
        length = start.count
    }

    /// False when it is not known.
    package func isAbsent(from item: EnvelopeText.Item, of envelope: EnvelopeText) -> Bool {
        guard length > 0, let bytes = envelope.bytes(of: item) else { return false }
        return isAbsent(from: bytes)
    }

    private func isAbsent(from bytes: UnsafeRawBufferPointer) -> Bool {
        // What may be an encoded word is for the decoder.
        guard let start = bytes.baseAddress, memchr(start, Int32(UInt8(ascii: "=")), bytes.count) == nil else {
            return false
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { folded in
            CaseFolding.foldASCII(bytes.bindMemory(to: UInt8.self), into: folded)
                && withUnsafeBytes(of: piece) { piece in
                    !ByteSearch.contains(
                        UnsafeRawBufferPointer(folded), UnsafeRawBufferPointer(rebasing: piece[..<length]))
                }
        }
    }
}
