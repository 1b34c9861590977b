/// Why a handshake failed, as far as it can be told from here.
package enum HandshakeCause: String, CaseIterable, Sendable {
    /// Not one octet: a client that waits for a greeting.
    case silence
    case plaintext, http
    /// The client said so.
    case alert
    case version, cipher, alpn
    case hungUp = "hung_up"
    case timeout
    /// Something came behind STARTTLS before TLS was on (RFC 3207 §4.2).
    case injection
    case other
}
