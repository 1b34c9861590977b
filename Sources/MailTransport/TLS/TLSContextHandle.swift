import COpenSSL

/// One server SSL_CTX with its certificate, made once and never changed.
final class TLSContextHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// TLS 1.2: forward secrecy only; the CBC suites at the end are for old mail servers that would else send in plaintext.
    static let tls12Ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20:ECDHE+AES:!aNULL:!eNULL:!PSK:!SRP"

    private let ticketKeys: TLSTicketKeyBox

    init(_ identity: TLSIdentity, ticketKeys: TLSTicketKeyBox) throws(TLSError) {
        ERR_clear_error()
        guard let context = SSL_CTX_new(TLS_server_method()) else { throw .fromQueue("cannot make a TLS context") }
        pointer = context
        self.ticketKeys = ticketKeys
        openssl_ctx_no_passphrase(context)
        guard openssl_ctx_common(context) == 1, SSL_CTX_set_cipher_list(context, Self.tls12Ciphers) == 1,
            ticketKeys.serve(context)
        else { throw .fromQueue("cannot configure TLS") }
        openssl_ctx_dh_auto(context)
        SSL_CTX_set_alpn_select_cb(context, TLSHandler.selectProtocol, nil)
        guard SSL_CTX_use_certificate_chain_file(context, identity.certificateFile) == 1 else {
            throw .fromQueue("certificate \(identity.certificateFile)")
        }
        guard SSL_CTX_use_PrivateKey_file(context, identity.keyFile, SSL_FILETYPE_PEM) == 1 else {
            throw .fromQueue("key \(identity.keyFile)")
        }
        guard SSL_CTX_check_private_key(context) == 1 else {
            throw .fromQueue("key \(identity.keyFile) does not belong to certificate \(identity.certificateFile)")
        }
    }

    deinit { SSL_CTX_free(pointer) }

    /// Host names of the certificate (RFC 6125 §6.4: the common name only where no alternative name exists).
    var certificateNames: [String] {
        guard let certificate = SSL_CTX_get0_certificate(pointer) else { return [] }
        let alternatives = Self.alternativeNames(certificate)
        return alternatives.isEmpty ? Self.commonName(certificate).map { [$0] } ?? [] : alternatives
    }

    private static func alternativeNames(_ certificate: OpaquePointer) -> [String] {
        var owner: OpaquePointer?
        var names: [String] = []
        var bytes: UnsafePointer<UInt8>?
        var length: Int32 = 0
        defer { openssl_dns_names_free(owner) }
        while openssl_dns_names(certificate, Int32(clamping: names.count), &bytes, &length, &owner) > names.count {
            names.append(String(decoding: UnsafeBufferPointer(start: bytes, count: Int(length)), as: UTF8.self))
        }
        return names
    }

    private static func commonName(_ certificate: OpaquePointer) -> String? {
        var text = [UInt8](repeating: 0, count: 256)
        let length = text.withUnsafeMutableBytes { space in
            X509_NAME_get_text_by_NID(
                X509_get_subject_name(certificate), NID_commonName, space.bindMemory(to: CChar.self).baseAddress,
                Int32(space.count))
        }
        return length > 0 ? String(decoding: text.prefix(Int(length)), as: UTF8.self) : nil
    }

    func warnings(for file: String) -> [String] {
        guard let certificate = SSL_CTX_get0_certificate(pointer) else { return [] }
        var found: [String] = []
        if X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0 {
            found.append("certificate \(file) has expired")
        }
        if X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0 {
            found.append("certificate \(file) is not valid yet")
        }
        return found
    }
}
