/// What a finished handshake settled.
package struct TLSInfo: Sendable, Equatable {
    package var version: String  // "TLSv1.3"
    package var cipher: String  // "TLS_AES_256_GCM_SHA384"
    package var bits: Int
    package var serverName: String?
    package var alpn: String?
    package var resumed: Bool

    package init(
        version: String, cipher: String, bits: Int, serverName: String? = nil, alpn: String? = nil,
        resumed: Bool = false
    ) {
        self.version = version
        self.cipher = cipher
        self.bits = bits
        self.serverName = serverName
        self.alpn = alpn
        self.resumed = resumed
    }
}

/// Channel bindings for SCRAM-...-PLUS (RFC 5929, RFC 9266).
package enum ChannelBinding: Sendable, Hashable, CaseIterable {
    case tlsExporter, tlsServerEndPoint

    /// The registered name, as in SCRAM's `p=`.
    package var name: String {
        switch self {
        case .tlsExporter: "tls-exporter"
        case .tlsServerEndPoint: "tls-server-end-point"
        }
    }
}
