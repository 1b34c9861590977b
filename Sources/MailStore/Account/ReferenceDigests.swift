package import MailMessage

/// A message's own identifier and those it refers to, eight bytes each, so that threading 100,000 messages reads no
/// header. Two identifiers with one digest would join two threads; among 100,000 that has a chance of one to 10^9.
package struct ReferenceDigests: Sendable, Equatable {
    /// Of longer chains the first one and the last ones are kept: those that say where a message belongs.
    package static let limit = 200
    private static let width = 8

    /// As they are stored: big-endian, the message's own first, 0 when it has none.
    let bytes: [UInt8]

    package init(_ links: ThreadLinks) {
        var kept = links.references
        if kept.count > Self.limit { kept.removeSubrange(1...(kept.count - Self.limit)) }
        let digests = [links.own.map(Self.digest) ?? 0] + kept.map(Self.digest)
        bytes = digests.flatMap { digest in (0..<Self.width).map { UInt8(truncatingIfNeeded: digest >> (56 - 8 * $0)) }
        }
    }

    package static func digest(_ identifier: [UInt8]) -> UInt64 { max(1, ContentDigest.of(identifier)) }

    /// Calls `body` with the message's own digest, or 0, and then with each reference; with nothing for damaged bytes.
    package static func each(in bytes: UnsafeRawBufferPointer, _ body: (UInt64) -> Void) {
        guard bytes.count % width == 0 else { return }
        for offset in stride(from: 0, to: bytes.count, by: width) {
            body(UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
        }
    }

    package func each(_ body: (UInt64) -> Void) { bytes.withUnsafeBytes { Self.each(in: $0, body) } }
}
