import COpenSSL

/// Of the pairs of keys that sign mail.
package enum KeyKind: String, Sendable, CaseIterable {
    case rsa, ed25519
}

package enum SigningKeyError: Error, Sendable, Equatable {
    /// Not one private key in PEM, one that is encrypted, or one of another kind.
    case unreadable
    /// OpenSSL could not do it.
    case unavailable
}

/// A private key that signs: RSA with SHA-256 (RFC 8017 §8.2, PKCS #1 v1.5), or Ed25519 (RFC 8032).
package struct SigningKey: Sendable {
    /// RFC 8301 §3.2 wants at least 2048 of those who sign; more does not fit into one string of a TXT record.
    package static let rsaBits = 2_048

    private let pair: KeyPair
    package let kind: KeyKind

    /// As `openssl genpkey` and `pem` write it: PKCS #8, or the older forms of RSA.
    package init(pem: [UInt8]) throws(SigningKeyError) {
        defer { ERR_clear_error() }
        guard let key = Self.read(pem) else { throw .unreadable }
        pair = KeyPair(key)
        guard let kind = pair.kind else { throw .unreadable }
        self.kind = kind
    }

    /// The source reads from the very bytes, and so lives no longer than they stay in their place.
    private static func read(_ pem: [UInt8]) -> OpaquePointer? {
        pem.withUnsafeBytes { bytes in
            guard let source = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else { return nil }
            defer { BIO_free(source) }
            // Without the callback an encrypted key would ask on the terminal.
            return PEM_read_bio_PrivateKey(source, nil, openssl_no_passphrase, nil)
        }
    }

    /// The 32 bytes of RFC 8032 §5.1.5.
    package init(ed25519 seed: [UInt8]) throws(SigningKeyError) {
        defer { ERR_clear_error() }
        guard let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count) else { throw .unreadable }
        (pair, kind) = (KeyPair(key), .ed25519)
    }

    private init(_ pair: KeyPair, _ kind: KeyKind) { (self.pair, self.kind) = (pair, kind) }

    /// A new one. Blocking: an RSA key takes some hundred milliseconds.
    package static func generate(_ kind: KeyKind) throws(SigningKeyError) -> SigningKey {
        defer { ERR_clear_error() }
        guard let context = EVP_PKEY_CTX_new_id(kind == .rsa ? EVP_PKEY_RSA : EVP_PKEY_ED25519, nil) else {
            throw .unavailable
        }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            kind != .rsa || EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(rsaBits)) == 1,
            EVP_PKEY_keygen(context, &key) == 1, let key
        else { throw .unavailable }
        return SigningKey(KeyPair(key), kind)
    }

    package func sign(_ bytes: [UInt8]) throws(SigningKeyError) -> [UInt8] {
        defer { ERR_clear_error() }
        guard let context = EVP_MD_CTX_new() else { throw .unavailable }
        defer { EVP_MD_CTX_free(context) }
        var length = 0
        guard EVP_DigestSignInit(context, nil, kind == .rsa ? EVP_sha256() : nil, nil, pair.key) == 1,
            EVP_DigestSign(context, nil, &length, bytes, bytes.count) == 1
        else { throw .unavailable }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, bytes, bytes.count) == 1 else { throw .unavailable }
        return Array(signature.prefix(length))
    }

    /// PKCS #8, not encrypted.
    package func pem() throws(SigningKeyError) -> [UInt8] {
        defer { ERR_clear_error() }
        guard let sink = BIO_new(BIO_s_secmem()) else { throw .unavailable }
        defer { BIO_free(sink) }
        guard PEM_write_bio_PKCS8PrivateKey(sink, pair.key, nil, nil, 0, nil, nil) == 1 else { throw .unavailable }
        var text = [UInt8](repeating: 0, count: BIO_ctrl_pending(sink))
        guard BIO_read(sink, &text, Int32(clamping: text.count)) == text.count else { throw .unavailable }
        return text
    }

    package var verificationKey: VerificationKey { VerificationKey(pair, kind) }
}

/// An OpenSSL `EVP_PKEY *`; nobody changes it.
final class KeyPair: @unchecked Sendable {
    let key: OpaquePointer

    init(_ key: OpaquePointer) { self.key = key }

    deinit { EVP_PKEY_free(key) }

    var kind: KeyKind? {
        switch EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_RSA: .rsa
        case EVP_PKEY_ED25519: .ed25519
        default: nil
        }
    }
}
