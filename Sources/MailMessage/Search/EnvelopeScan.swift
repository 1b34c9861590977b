internal import CGlibc

/// Says of most envelopes that a text does not stand in them, without taking them apart: what `PlainScan` is for messages.
package struct EnvelopeScan {
    /// The longest piece of a folded text that is spelled alike in an ENVELOPE: between quotes, backslashes, and what
    /// stands around the parts of an address.
    package struct Needle: Sendable, Equatable {
        fileprivate let piece: [UInt8]

        package init(_ folded: [UInt8]) {
            let apart = Array(#"" \<>@"#.utf8)
            piece = Array(
                folded.split { apart.contains($0) || ByteClass.isSpace($0) }.max { $0.count < $1.count } ?? [])
        }
    }

    private var folded: [UInt8] = []
    private var length = 0
    private var isPlain = false

    package init() {}

    /// An ENVELOPE as `IMAPText` wrote it.
    package mutating func load(_ envelope: UnsafeRawBufferPointer) {
        let source = envelope.bindMemory(to: UInt8.self)
        if folded.count < source.count { folded = Array(repeating: 0, count: source.count) }
        let isASCII = folded.withUnsafeMutableBufferPointer { CaseFolding.foldASCII(source, into: $0) }
        length = source.count
        isPlain = isASCII && !ByteSearch.contains(envelope, Self.encodedWord)
    }

    /// False when it is not known.
    package func lacks(_ needle: Needle) -> Bool {
        guard isPlain, !needle.piece.isEmpty else { return false }
        return folded.withUnsafeBytes {
            !ByteSearch.contains(UnsafeRawBufferPointer(rebasing: $0[..<length]), needle.piece)
        }
    }

    private static let encodedWord = Array("=?".utf8)
}
