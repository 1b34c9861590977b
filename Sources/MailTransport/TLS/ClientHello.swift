import COpenSSL

/// What a client asked for (RFC 8446 §4.1.2), kept because a handshake that fails leaves nothing else of it.
package struct ClientHello: Sendable, Equatable {
    /// The newest version that it offers: 0x0304 is TLS 1.3.
    package var version: UInt16
    package var serverName: String?

    package init(version: UInt16, serverName: String? = nil) {
        self.version = version
        self.serverName = serverName
    }
}

extension ClientHello {
    /// As OpenSSL calls the versions that it speaks.
    package var versionName: String {
        switch version {
        case 0x0300: "SSLv3"
        case 0x0301: "TLSv1"
        case 0x0302: "TLSv1.1"
        case 0x0303: "TLSv1.2"
        case 0x0304: "TLSv1.3"
        default: "0x" + String(version, radix: 16)
        }
    }

    /// For `SSL_CTX_set_client_hello_cb`: looks, and lets everything go on.
    static let notice: SSL_client_hello_cb_fn = { ssl, _, _ in
        TLSHandler.behind(SSL_get_rbio(ssl))?.hello = ssl.flatMap(ClientHello.init)
        return SSL_CLIENT_HELLO_SUCCESS
    }

    private init(_ ssl: OpaquePointer) {
        let legacy = UInt16(truncatingIfNeeded: SSL_client_hello_get0_legacy_version(ssl))
        let versions = Self.body(of: TLSEXT_TYPE_supported_versions, ssl)
        let names = Self.body(of: TLSEXT_TYPE_server_name, ssl)
        self.init(version: Self.newest(in: versions) ?? legacy, serverName: Self.hostName(in: names))
    }

    private static func body(of type: Int32, _ ssl: OpaquePointer) -> [UInt8] {
        var start: UnsafePointer<UInt8>?
        var count = 0
        guard SSL_client_hello_get0_ext(ssl, UInt32(bitPattern: type), &start, &count) == 1, let start else {
            return []
        }
        return Array(UnsafeBufferPointer(start: start, count: count))
    }

    /// RFC 8446 §4.2.1: `versions<2..254>`; what is no version there is grease (RFC 8701).
    static func newest(in body: [UInt8]) -> UInt16? {
        let numbers = Array(body.dropFirst())
        return stride(from: 0, to: numbers.count - 1, by: 2)
            .map { UInt16(numbers[$0]) << 8 | UInt16(numbers[$0 + 1]) }
            .filter { $0 >> 8 == 0x03 }.max()
    }

    /// RFC 6066 §3: the length of the list, name type 0, the length of the name, the name.
    static func hostName(in body: [UInt8]) -> String? {
        guard body.count > 5, body[2] == 0 else { return nil }
        let length = Int(body[3]) << 8 | Int(body[4])
        let name = body.dropFirst(5)
        guard length == name.count else { return nil }
        return String(validating: name, as: UTF8.self)
    }
}
