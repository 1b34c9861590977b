import COpenSSL
import NIOCore

/// What explains a client that cannot connect, where the conversation itself does not.
extension Connection {
    /// The conversation began in plain text, and the first that came was a TLS handshake record (RFC 8446 §5.1).
    package var opensWithTLS: Bool { state.octetsIn >= 2 && state.opening == 0x1603 }

    /// The alert with which the client broke TLS off after the handshake (RFC 8446 §6.2).
    package var tlsAlert: UInt8? {
        if case .openSSL(let handler) = encryption { handler.failure?.alert } else { nil }
    }

    /// SHA-256 of the certificate that this client was shown.
    package var certificateDigest: [UInt8]? {
        guard case .openSSL(let handler) = encryption, let own = SSL_get_certificate(handler.ssl) else { return nil }
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard X509_digest(own, EVP_sha256(), &digest, &length) == 1 else { return nil }
        return Array(digest.prefix(Int(length)))
    }

    func noteOpening(_ bytes: ByteBuffer) {
        for octet in bytes.readableBytesView.prefix(2 - state.octetsIn) {
            state.opening = state.opening << 8 | UInt16(octet)
        }
    }
}
