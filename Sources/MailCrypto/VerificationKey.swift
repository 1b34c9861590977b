import COpenSSL

/// The public half of a `SigningKey`.
package struct VerificationKey: Sendable {
    private let pair: KeyPair
    package let kind: KeyKind

    init(_ pair: KeyPair, _ kind: KeyKind) { (self.pair, self.kind) = (pair, kind) }

    /// RSA as SubjectPublicKeyInfo, or as the bare RSAPublicKey that RFC 6376 §3.6.1 names and hardly anybody writes.
    package init?(rsa bytes: [UInt8]) {
        defer { ERR_clear_error() }
        guard
            let pair = Self.decode(bytes, { d2i_PUBKEY(nil, &$0, $1) })
                ?? Self.decode(bytes, { d2i_PublicKey(EVP_PKEY_RSA, nil, &$0, $1) }), pair.kind == .rsa
        else { return nil }
        self.init(pair, .rsa)
    }

    /// The 32 bytes of RFC 8032 §5.1.5.
    package init?(ed25519 bytes: [UInt8]) {
        defer { ERR_clear_error() }
        guard let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count) else { return nil }
        self.init(KeyPair(key), .ed25519)
    }

    package var bits: Int { Int(EVP_PKEY_get_bits(pair.key)) }

    /// What the initialisers read: SubjectPublicKeyInfo, or the 32 bytes.
    package var bytes: [UInt8] { kind == .rsa ? subjectPublicKeyInfo : rawBytes }

    package func verify(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        defer { ERR_clear_error() }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        return EVP_DigestVerifyInit(context, nil, kind == .rsa ? EVP_sha256() : nil, nil, pair.key) == 1
            && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
    }

    private static func decode(
        _ bytes: [UInt8], _ read: (inout UnsafePointer<UInt8>?, Int) -> OpaquePointer?
    ) -> KeyPair? {
        bytes.withUnsafeBufferPointer { buffer in
            var next = buffer.baseAddress
            guard let key = read(&next, buffer.count) else { return nil }
            let pair = KeyPair(key)
            return next == buffer.baseAddress.map { $0 + buffer.count } ? pair : nil
        }
    }

    private var subjectPublicKeyInfo: [UInt8] {
        var bytes: UnsafeMutablePointer<UInt8>?
        let length = i2d_PUBKEY(pair.key, &bytes)
        defer { openssl_free_der(bytes) }
        return length > 0 ? Array(UnsafeBufferPointer(start: bytes, count: Int(length))) : []
    }

    private var rawBytes: [UInt8] {
        var length = 32
        var bytes = [UInt8](repeating: 0, count: length)
        return EVP_PKEY_get_raw_public_key(pair.key, &bytes, &length) == 1 ? bytes : []
    }
}
