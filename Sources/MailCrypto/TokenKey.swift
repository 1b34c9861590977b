import COpenSSL

/// A public key that somebody signs tokens with (RFC 7518 §3.1): RSA with PKCS #1 v1.5, or ECDSA on P-256, both with SHA-256.
package struct TokenKey: Sendable {
    package enum Algorithm: String, Sendable, CaseIterable {
        case rs256 = "RS256"
        case es256 = "ES256"
    }

    /// RFC 7518 §3.3: at least 2048 bits; more than the other end would make us calculate for long.
    package static let rsaBits = 2_048...8_192
    /// Of a coordinate of P-256, and of either half of a signature (RFC 7518 §3.4, §6.2.1.2).
    private static let coordinateLength = 32
    private static let longestExponent = 8

    private let pair: KeyPair
    package let algorithm: Algorithm

    /// Both as unsigned numbers, the highest octet first (RFC 7518 §6.3.1).
    package init?(modulus: [UInt8], exponent: [UInt8]) {
        guard modulus.count <= Self.rsaBits.upperBound / 8 + 1, exponent.count <= Self.longestExponent,
            let pair = Self.read(
                DER.sequence(DER.number(modulus), DER.number(exponent)),
                { start, length in
                    d2i_PublicKey(EVP_PKEY_RSA, nil, &start, length)
                }), Self.rsaBits.contains(Int(EVP_PKEY_get_bits(pair.key)))
        else { return nil }
        (self.pair, algorithm) = (pair, .rs256)
    }

    /// A point on P-256 (RFC 7518 §6.2.1).
    package init?(p256 x: [UInt8], _ y: [UInt8]) {
        guard x.count == Self.coordinateLength, y.count == Self.coordinateLength,
            let pair = Self.read(DER.p256Prefix + [0x04] + x + y, { d2i_PUBKEY(nil, &$0, $1) })
        else { return nil }
        (self.pair, algorithm) = (pair, .es256)
    }

    package func verify(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        defer { ERR_clear_error() }
        guard let signature = encoded(signature), let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        return EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, pair.key) == 1
            && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
    }

    /// As OpenSSL wants it: the two numbers of ECDSA stand one behind the other in a token (RFC 7518 §3.4).
    private func encoded(_ signature: [UInt8]) -> [UInt8]? {
        guard algorithm == .es256 else { return signature }
        guard signature.count == 2 * Self.coordinateLength else { return nil }
        return DER.sequence(
            DER.number(Array(signature.prefix(Self.coordinateLength))),
            DER.number(Array(signature.suffix(Self.coordinateLength))))
    }

    private static func read(
        _ bytes: [UInt8], _ decode: (inout UnsafePointer<UInt8>?, Int) -> OpaquePointer?
    ) -> KeyPair? {
        defer { ERR_clear_error() }
        return bytes.withUnsafeBufferPointer { buffer in
            var next = buffer.baseAddress
            return decode(&next, buffer.count).map(KeyPair.init)
        }
    }
}

/// The little of ASN.1 that keys and signatures are made of (X.690 §8).
private enum DER {
    /// SubjectPublicKeyInfo of id-ecPublicKey on prime256v1 (RFC 5480 §2), up to the point.
    static let p256Prefix: [UInt8] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
        0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ]

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { element(0x30, parts.flatMap { $0 }) }

    /// Not negative: a zero stands before a highest bit that is set.
    static func number(_ magnitude: [UInt8]) -> [UInt8] {
        let digits = magnitude.drop { $0 == 0 }
        return element(0x02, (digits.first.map { $0 < 0x80 } ?? false ? [] : [0]) + digits)
    }

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let octets = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }.drop { $0 == 0 }
        let length = count < 0x80 ? Array(octets.suffix(1)) : [0x80 | UInt8(truncatingIfNeeded: octets.count)] + octets
        return [tag] + (count == 0 ? [0] : length) + content
    }
}
