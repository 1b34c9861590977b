import COpenSSL
import Glibc

/// Everything read from the certificate files at one moment. Immutable; each connection keeps its generation alive.
final class TLSGeneration: @unchecked Sendable {  // an SSL_CTX is thread-safe once configured
    /// The context of clients that name no server or an unknown one.
    let fallback: OpaquePointer
    let warnings: [String]
    private let byName: [String: OpaquePointer]
    private let contexts: [TLSContextHandle]

    init(identities: [TLSIdentity], ticketKeys: TLSTicketKeyBox) throws(TLSError) {
        guard !identities.isEmpty else { throw TLSError("no certificate is configured") }
        var contexts: [TLSContextHandle] = []
        var byName: [String: OpaquePointer] = [:]
        var warnings: [String] = []
        for identity in identities {
            let handle = try TLSContextHandle(identity, ticketKeys: ticketKeys)
            contexts.append(handle)
            warnings += handle.warnings(for: identity.certificateFile)
            for name in identity.names + handle.certificateNames {
                let key = Self.normalised(name)
                if byName[key] == nil { byName[key] = handle.pointer }  // the first identity wins
            }
        }
        (self.contexts, self.byName, self.warnings) = (contexts, byName, warnings)
        fallback = contexts[0].pointer
        for handle in contexts { chooseByServerName(handle.pointer) }
    }

    var serverNames: [String] { byName.keys.sorted() }

    /// The exact name, then a wildcard for its first label (RFC 6125 §6.4.3).
    func context(for serverName: String) -> OpaquePointer? {
        let name = Self.normalised(serverName)
        if let exact = byName[name] { return exact }
        guard let dot = name.firstIndex(of: "."), dot != name.startIndex else { return nil }
        return byName["*" + name[dot...]]
    }

    private static func normalised(_ name: String) -> String {
        let lower = name.lowercased()
        return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    }

    private func chooseByServerName(_ context: OpaquePointer) {
        let argument = Unmanaged.passUnretained(self).toOpaque()
        openssl_ctx_server_name_callback(
            context,
            { ssl, _, argument in
                guard let argument, let ssl, let text = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) else {
                    return SSL_TLSEXT_ERR_NOACK
                }
                let generation = Unmanaged<TLSGeneration>.fromOpaque(argument).takeUnretainedValue()
                guard let chosen = generation.context(for: String(cString: text)) else { return SSL_TLSEXT_ERR_NOACK }
                SSL_set_SSL_CTX(ssl, chosen)
                return SSL_TLSEXT_ERR_OK
            }, argument)
    }
}
