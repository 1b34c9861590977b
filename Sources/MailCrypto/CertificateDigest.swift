import COpenSSL

/// What TLSA records say of certificates (RFC 6698 §2.1).
package enum CertificateDigest {
    /// SHA-256 of the public key of the first certificate in a PEM file: "3 1 1", which a renewal with the same key leaves as it is.
    /// nil when there is none.
    package static func publicKey(pem: [UInt8]) -> [UInt8]? {
        defer { ERR_clear_error() }
        guard let certificate = read(pem) else { return nil }
        defer { X509_free(certificate) }
        var bytes: UnsafeMutablePointer<UInt8>?
        let length = openssl_key_der(certificate, &bytes)
        defer { openssl_free_der(bytes) }
        return length > 0 ? sha256(Array(UnsafeBufferPointer(start: bytes, count: Int(length)))) : nil
    }

    /// The source reads from the very bytes, and so lives no longer than they stay in their place.
    private static func read(_ pem: [UInt8]) -> OpaquePointer? {
        pem.withUnsafeBytes { bytes in
            guard let source = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else { return nil }
            defer { BIO_free(source) }
            return PEM_read_bio_X509(source, nil, openssl_no_passphrase, nil)
        }
    }
}
