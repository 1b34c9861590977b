internal import MailCrypto

/// The first message of a handshake as bytes (RFC 5246 §7.4.1.2): it asks for versions and ciphers that a library of today
/// would never speak, to find out whether a server does.
package struct ClientHello: Sendable, Equatable {
    package var version: TLSVersion
    package var ciphers: [UInt16]
    package var serverName: String?

    package init(version: TLSVersion, ciphers: [UInt16], serverName: String?) {
        self.version = version
        self.ciphers = ciphers
        self.serverName = serverName
    }

    /// One record.
    package var bytes: [UInt8] {
        var body = Self.number(version.number) + randomBytes(32) + [0]
        body += Self.vector16(ciphers.flatMap(Self.number)) + [1, 0]  // no compression
        if version > .ssl3 { body += Self.vector16(extensions) }
        let message = [1] + Self.number24(body.count) + body
        let record = version > .ssl3 ? TLSVersion.tls10 : .ssl3
        return [TLSRecord.handshake] + Self.number(record.number) + Self.vector16(message)
    }

    private var extensions: [UInt8] {
        var all: [UInt8] = []
        if let serverName, !serverName.isEmpty {
            let name = [0] + Self.vector16(Array(serverName.utf8))
            all += Self.number(0x0000) + Self.vector16(Self.vector16(name))
        }
        // RFC 8422 §5.1: x25519, P-256, P-384, P-521; uncompressed points.
        all += Self.number(0x000a) + Self.vector16(Self.vector16([0x00, 0x1d, 0x00, 0x17, 0x00, 0x18, 0x00, 0x19]))
        all += Self.number(0x000b) + Self.vector16([1, 0])
        // RFC 5246 §7.4.1.4.1: RSA and ECDSA, SHA-512 down to SHA-1, and RSA-PSS (RFC 8446 §4.2.3).
        if version >= .tls12 { all += Self.number(0x000d) + Self.vector16(Self.vector16(Self.signatures)) }
        return all
    }

    private static let signatures: [UInt8] = [
        0x04, 0x03, 0x05, 0x03, 0x06, 0x03, 0x08, 0x07, 0x08, 0x04, 0x08, 0x05, 0x08, 0x06, 0x04, 0x01, 0x05, 0x01,
        0x06,
        0x01, 0x02, 0x03, 0x02, 0x01,
    ]

    private static func number(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xff)] }

    private static func number24(_ value: Int) -> [UInt8] {
        let value = UInt32(clamping: value)
        return [UInt8(value >> 16 & 0xff), UInt8(value >> 8 & 0xff), UInt8(value & 0xff)]
    }

    private static func vector16(_ bytes: [UInt8]) -> [UInt8] { number(UInt16(clamping: bytes.count)) + bytes }
}

/// The record layer's marks (RFC 5246 §6.2.1).
enum TLSRecord {
    static let alert: UInt8 = 21
    static let handshake: UInt8 = 22

    /// What a server that speaks TLS begins with.
    static func begins(with first: UInt8) -> Bool { first == alert || first == handshake }
}
