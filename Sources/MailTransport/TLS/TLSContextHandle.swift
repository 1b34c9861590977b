import COpenSSL
import MailCrypto

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
        SSL_CTX_set_client_hello_cb(context, ClientHello.notice, nil)
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
        let alternatives = CertificateNames.hosts(of: certificate)
        return alternatives.isEmpty ? CertificateNames.commonName(of: certificate).map { [$0] } ?? [] : alternatives
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
