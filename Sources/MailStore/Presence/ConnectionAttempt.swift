package import MailMessage

/// A connection as the worker saw it that it came to, whether it got anywhere or not: one line between a worker and whoever asks.
/// The words in it are the sessions'; here they are text.
package struct ConnectionAttempt: Sendable, Equatable {
    /// Unlike any other's, whatever process it is in.
    package let id: String
    package let at: EpochSeconds
    package let service: String
    package let port: Int
    /// An address alone.
    package let peer: String
    package let peerPort: Int
    /// Who brought the client, by the PROXY protocol: address and port.
    package var proxy: String?
    package var tls = AttemptTLS()
    /// What the client calls itself.
    package var client: String?
    package var probe: ProbeClaim?
    package var login = AttemptLogin()
    package var misstep: Misstep?
    /// Nil: it is open.
    package var end: AttemptEnd?

    package init(
        id: String, at: EpochSeconds, service: String, port: Int, peer: String, peerPort: Int, proxy: String? = nil
    ) {
        self.id = id
        self.at = at
        self.service = service
        self.port = port
        self.peer = peer
        self.peerPort = peerPort
        self.proxy = proxy
    }
}

package struct AttemptTLS: Sendable, Equatable {
    /// Nil: there was none.
    package var version: String?
    package var cipher: String?
    package var serverName: String?
    /// Whether a certificate of this server is for that name.
    package var isServed: Bool?
    package var alpn: String?
    /// The newest version that a client offered whose handshake failed.
    package var offered: String?

    package init() {}
}

/// How the last login went, in kind only.
package struct AttemptLogin: Sendable, Equatable {
    package static let ok = "ok"

    /// `ok`, or the log's reason; nil: none was tried.
    package var result: String?
    package var mechanism: String?

    package init(result: String? = nil, mechanism: String? = nil) {
        self.result = result
        self.mechanism = mechanism
    }
}

/// What mail-probe told of its own side, and what stood against it here at that moment.
package struct ProbeClaim: Sendable, Equatable {
    package let token: ProbeToken
    package var address: String?
    package var tls: String?
    package var certificate: String?
    /// SHA-256 of the certificate that this connection was given.
    package var shownCertificate: String?

    package init(token: ProbeToken) { self.token = token }
}

package struct AttemptEnd: Sendable, Equatable {
    // Before a session, as the log has them.
    package static let refused = "refused"
    package static let proxyFailed = "proxy_fail"
    package static let handshakeFailed = "tls_fail"

    /// One of these, or the reason of the session's end.
    package var kind: String
    /// More of it, in one word.
    package var reason: String?
    /// The system's words.
    package var detail: String?
    /// With which the client broke off TLS.
    package var alert: Int?
    /// The last command, and how many there were.
    package var command: String?
    package var commands = 0
    package var seconds = 0
    /// Refused so many times more, soon after.
    package var repeats = 0

    package init(_ kind: String, reason: String? = nil) {
        self.kind = kind
        self.reason = reason
    }
}
