import COpenSSL

/// The client's side of TLS.
package final class TLSClientContext: @unchecked Sendable {  // an SSL_CTX is thread-safe once configured
    package enum Trust: Sendable, Equatable {
        /// The certificate must lead to the system's authorities.
        case system
        /// ... to the authorities in this PEM file.
        case authorities(file: String)
        /// Any certificate: encryption without knowing to whom.
        case anyone
        /// ... also with old versions and weak keys, which are better than none (RFC 7435 §3).
        case anyoneAtAll
        /// By TLSA records alone (RFC 7672); for `PeerCheck.dane`.
        case records
    }

    let pointer: OpaquePointer
    let verifies: Bool

    package init(trust: Trust, alpn: [String] = []) throws(TLSError) {
        ERR_clear_error()
        guard let context = SSL_CTX_new(TLS_client_method()) else {
            throw .fromQueue("cannot make a TLS context")
        }
        pointer = context
        verifies = trust != .anyone && trust != .anyoneAtAll
        guard openssl_ctx_common(context) == 1 else { throw .fromQueue("cannot configure TLS") }
        switch trust {
        case .anyone: break
        case .anyoneAtAll:
            guard openssl_ctx_dialing(context) == 1 else { throw .fromQueue("cannot configure TLS") }
        case .records: guard SSL_CTX_dane_enable(context) == 1 else { throw .fromQueue("DANE") }
        case .system:
            guard SSL_CTX_set_default_verify_paths(context) == 1 else {
                throw .fromQueue("system authorities")
            }
        case .authorities(let file):
            guard SSL_CTX_load_verify_file(context, file) == 1 else {
                throw .fromQueue("authorities \(file)")
            }
        }
        SSL_CTX_set_verify(context, verifies ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nil)
        let list = TLSHandler.wireFormat(alpn)
        // Unlike its neighbours this function returns 0 for success.
        guard list.isEmpty || SSL_CTX_set_alpn_protos(context, list, UInt32(clamping: list.count)) == 0
        else {
            throw .fromQueue("ALPN")
        }
    }

    deinit { SSL_CTX_free(pointer) }
}
