import Glibc

/// What a message's octets need of the way they go: looked at chunk by chunk, cut anywhere.
package struct ContentScan: Sendable, Equatable {
    /// An octet beyond ASCII: 8BITMIME (RFC 6152 §1).
    package private(set) var isEightBit = false
    /// ... in the header: SMTPUTF8 (RFC 6532 §3.2).
    package private(set) var hasInternationalHeader = false
    /// A bare CR or LF, which nobody must ever be sent outside BINARYMIME (RFC 5321 §2.3.8), or a NUL.
    package private(set) var isBinary = false
    /// A line that is longer than a server has to take (RFC 5321 §4.5.3.1.6).
    package var hasLongLine: Bool { lines.hasLong }

    private var lines = LineLengths()
    private var lineEndings = LineEndingCheck()
    private var headerEnd = HeaderEnd()

    package init() {}

    package mutating func consume(_ chunk: UnsafeRawBufferPointer) {
        let header = headerEnd.consume(chunk)
        if Self.hasHighBit(UnsafeRawBufferPointer(rebasing: chunk[..<header])) {
            (isEightBit, hasInternationalHeader) = (true, true)
        }
        if !isEightBit {
            isEightBit = Self.hasHighBit(UnsafeRawBufferPointer(rebasing: chunk[header...]))
        }
        lines.consume(chunk)
        guard !isBinary else { return }
        lineEndings.consume(chunk)
        isBinary = lineEndings.fault != nil || Self.hasNUL(chunk)
    }

    package mutating func consume(_ chunk: [UInt8]) { chunk.withUnsafeBytes { consume($0) } }

    package mutating func finish() {
        lines.finish()
        lineEndings.finish()
        if lineEndings.fault != nil { isBinary = true }
    }

    package static func == (left: ContentScan, right: ContentScan) -> Bool {
        left.isEightBit == right.isEightBit
            && left.hasInternationalHeader == right.hasInternationalHeader
            && left.isBinary == right.isBinary && left.hasLongLine == right.hasLongLine
    }

    static func hasHighBit(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let words = bytes.count / 8
        var seen: UInt64 = 0
        for index in 0..<words {
            seen |= bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
        }
        return seen & 0x8080_8080_8080_8080 != 0 || bytes[(words * 8)...].contains { $0 >= 0x80 }
    }

    private static func hasNUL(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
    }
}
