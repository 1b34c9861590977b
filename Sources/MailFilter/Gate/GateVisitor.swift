package import MailNetwork

/// Who brings a message, as far as is known when it begins.
package struct GateVisitor: Sendable, Equatable {
    package struct TLS: Sendable, Equatable {
        package var version: String
        package var cipher: String
        package var bits: Int

        package init(version: String, cipher: String, bits: Int) {
            self.version = version
            self.cipher = cipher
            self.bits = bits
        }
    }

    package var peer: PeerAddress
    package var local: PeerAddress
    /// The name given with EHLO or HELO.
    package var hello: String
    package var tls: TLS?
    /// Who has logged in.
    package var login: String?
    /// How: `PLAIN`, `SCRAM-SHA-256`.
    package var mechanism: String?
    /// Who has written the message, as whoever has logged in says with AUTH= (RFC 4954 §5).
    package var author: String?
    /// Neither logged in nor of a trusted network: what is said of senders and addresses concerns such visitors alone.
    package var isStranger: Bool

    package init(
        peer: PeerAddress, local: PeerAddress, hello: String, tls: TLS? = nil, login: String? = nil, isStranger: Bool
    ) {
        self.peer = peer
        self.local = local
        self.hello = hello
        self.tls = tls
        self.login = login
        self.isStranger = isStranger
    }
}
