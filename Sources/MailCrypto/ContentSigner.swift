internal import COpenSSL

package enum ContentSignerError: Error, Sendable, Equatable {
    /// No certificate or no key in PEM, or one that needs a passphrase.
    case unreadable(String)
    /// The key is not the first certificate's, or cannot sign.
    case mismatch
}

/// Puts content into a signed message (CMS SignedData, RFC 5652 §5) with the signer's certificates. Blocking: it reads files.
package struct ContentSigner: Sendable, Equatable {
    /// PEM: the signer's certificate, then those above it.
    package let certificateFile: String
    package let keyFile: String

    private static let mostCertificates = 10

    package init(certificateFile: String, keyFile: String) {
        (self.certificateFile, self.keyFile) = (certificateFile, keyFile)
    }

    /// DER.
    package func sign(_ content: [UInt8]) throws(ContentSignerError) -> [UInt8] {
        defer { ERR_clear_error() }
        let certificates = try certificates()
        defer { for certificate in certificates { X509_free(certificate) } }
        let key = try key()
        defer { EVP_PKEY_free(key) }
        guard let first = certificates.first, let signed = Self.signed(content, first, certificates.dropFirst(), key)
        else { throw .mismatch }
        return signed
    }

    private func certificates() throws(ContentSignerError) -> [OpaquePointer] {
        guard let source = BIO_new_file(certificateFile, "r") else { throw .unreadable(certificateFile) }
        defer { BIO_free(source) }
        var found: [OpaquePointer] = []
        while found.count < Self.mostCertificates,
            let next = PEM_read_bio_X509(source, nil, openssl_no_passphrase, nil)
        {
            found.append(next)
        }
        guard !found.isEmpty else { throw .unreadable(certificateFile) }
        return found
    }

    private func key() throws(ContentSignerError) -> OpaquePointer {
        guard let source = BIO_new_file(keyFile, "r") else { throw .unreadable(keyFile) }
        defer { BIO_free(source) }
        guard let key = PEM_read_bio_PrivateKey(source, nil, openssl_no_passphrase, nil) else {
            throw .unreadable(keyFile)
        }
        return key
    }

    private static func signed(
        _ content: [UInt8], _ signer: OpaquePointer, _ others: ArraySlice<OpaquePointer>, _ key: OpaquePointer
    ) -> [UInt8]? {
        let chain = openssl_chain_new()
        defer { openssl_chain_free(chain) }
        for other in others where openssl_chain_add(chain, other) == 0 { return nil }
        guard let sink = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(sink) }
        let isWritten = content.withUnsafeBytes { bytes in
            guard let source = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else { return false }
            defer { BIO_free(source) }
            guard let message = CMS_sign(signer, key, chain, source, UInt32(CMS_BINARY)) else { return false }
            defer { CMS_ContentInfo_free(message) }
            return i2d_CMS_bio(sink, message) == 1
        }
        guard isWritten else { return nil }
        var octets = [UInt8](repeating: 0, count: BIO_ctrl_pending(sink))
        return BIO_read(sink, &octets, Int32(clamping: octets.count)) == octets.count ? octets : nil
    }
}
