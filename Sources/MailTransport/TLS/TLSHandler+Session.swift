import COpenSSL

/// What the session may ask about the encryption.
extension TLSHandler {
    var info: TLSInfo {
        let cipher = SSL_get_current_cipher(ssl)
        return TLSInfo(
            version: String(cString: SSL_get_version(ssl)), cipher: String(cString: SSL_CIPHER_get_name(cipher)),
            bits: Int(SSL_CIPHER_get_bits(cipher, nil)),
            serverName: SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) },
            alpn: alpn, resumed: SSL_session_reused(ssl) == 1)
    }

    private var alpn: String? {
        var bytes: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &bytes, &count)
        return count == 0 ? nil : String(decoding: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
    }

    func channelBinding(_ kind: ChannelBinding) -> [UInt8]? {
        guard state == .open else { return nil }
        return kind == .tlsExporter ? exporterBinding() : endPointBinding()
    }

    /// RFC 9266 §2; with TLS 1.2 only together with the extended master secret (§4.2).
    private func exporterBinding() -> [UInt8]? {
        guard openssl_can_bind_exporter(ssl) == 1 else { return nil }
        let label = "EXPORTER-Channel-Binding"
        var out = [UInt8](repeating: 0, count: 32)
        let done = SSL_export_keying_material(ssl, &out, out.count, label, label.utf8.count, "", 0, 1)
        return done == 1 ? out : nil
    }

    /// RFC 5929 §4.1: the certificate's digest by its signature's hash function, SHA-256 instead of MD5 and SHA-1.
    private func endPointBinding() -> [UInt8]? {
        let peer = SSL_is_server(ssl) == 1 ? nil : SSL_get1_peer_certificate(ssl)
        defer { X509_free(peer) }
        guard let certificate = peer ?? (SSL_is_server(ssl) == 1 ? SSL_get_certificate(ssl) : nil) else { return nil }
        var hash: Int32 = 0
        guard X509_get_signature_info(certificate, &hash, nil, nil, nil) == 1, hash != NID_undef else { return nil }
        let weak = hash == NID_md5 || hash == NID_sha1
        guard let digest = weak ? EVP_sha256() : EVP_get_digestbyname(OBJ_nid2sn(hash)) else { return nil }
        var out = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard X509_digest(certificate, digest, &out, &length) == 1 else { return nil }
        return Array(out.prefix(Int(length)))
    }
}
