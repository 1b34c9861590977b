internal import COpenSSL
internal import MailNetwork

/// What a client offers, and whom it believes. The handshake itself takes any certificate: its facts are for whoever judges.
package struct TLSOffer: Sendable {
    let trust: TLSTrust
    /// The name that the server is asked for; nil asks for none, as for an address (RFC 6066 §3).
    package var serverName: String?
    /// The name that the certificate must have: what the user typed, a host or an address.
    package var expectedName: String
    package var highestVersion: TLSVersion?
    /// An earlier session to be resumed.
    package var session: TLSTicket?

    package init(trust: TLSTrust, host: String) {
        self.trust = trust
        serverName = IPAddress(host) == nil ? host : nil
        expectedName = host
    }
}

/// The authorities that are believed, and what every handshake has in common.
package final class TLSTrust: @unchecked Sendable {  // an SSL_CTX is thread-safe once configured
    let pointer: OpaquePointer

    package struct Failure: Error, Sendable {
        package let words: String
    }

    /// The system's authorities, or those in a PEM file.
    package init(file: String? = nil) throws(Failure) {
        ERR_clear_error()
        guard let context = SSL_CTX_new(TLS_client_method()) else { throw Failure(words: OpenSSLErrors.first) }
        pointer = context
        guard openssl_ctx_dialing(context) == 1 else { throw Failure(words: OpenSSLErrors.first) }
        let isLoaded = file.map { SSL_CTX_load_verify_file(context, $0) } ?? SSL_CTX_set_default_verify_paths(context)
        guard isLoaded == 1 else { throw Failure(words: OpenSSLErrors.first) }
    }

    deinit { SSL_CTX_free(pointer) }
}

/// A session that a server offered to resume.
package final class TLSTicket: @unchecked Sendable {  // never changed after it was taken
    let pointer: OpaquePointer
    init(_ pointer: OpaquePointer) { self.pointer = pointer }
    deinit { SSL_SESSION_free(pointer) }
}

enum OpenSSLErrors {
    /// The reason of the first error that waits in this thread's queue, which is emptied.
    static var first: String {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0, let words = ERR_reason_error_string(code) else { return "TLS failed" }
        return String(cString: words)
    }
}
