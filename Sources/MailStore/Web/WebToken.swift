internal import MailCrypto

/// 256 random bits that whoever has them proves something with: that he is in a session, or was sent a link. Only a digest is kept.
package struct WebToken: Sendable, Hashable {
    package static let length = 32

    private let bytes: [UInt8]

    /// A new one.
    package init() { bytes = randomBytes(Self.length) }

    /// From a cookie or an address: 64 hexadecimal digits, nothing else.
    package init?(text: String) {
        guard text.utf8.count == 2 * Self.length, let bytes = Hex.decode(text.utf8) else { return nil }
        self.bytes = bytes
    }

    package var text: String { Hex.encode(bytes) }

    /// `purpose`: what one is good for is no use for the other.
    func digest(for purpose: StaticString) -> [UInt8] {
        sha256(purpose.withUTF8Buffer { Array($0) } + [0] + bytes)
    }
}
