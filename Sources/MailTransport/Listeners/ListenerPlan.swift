package import MailNetwork

/// A port to listen on.
package struct ListenerPlan: Sendable {
    package enum Security: Sendable, Equatable { case none, starttls, implicit }

    package var service: String
    /// An address, or "*" for every IPv4 and IPv6 address.
    package var host: String
    /// 0: any free port.
    package var port: Int
    package var security: Security
    /// Peers that must begin with a PROXY protocol v2 header; nobody else may.
    package var proxyProtocolFrom: [AddressPrefix]
    /// An already bound (and perhaps listening) socket to use instead of host and port.
    package var descriptor: Int32?
    /// Last words for a connection over a limit, sent only in plaintext: "421 4.7.0 ...\r\n".
    package var refusal: (@Sendable (Refusal) -> String?)?

    package init(
        service: String, host: String, port: Int, security: Security = .none, proxyProtocolFrom: [AddressPrefix] = [],
        descriptor: Int32? = nil, refusal: (@Sendable (Refusal) -> String?)? = nil
    ) {
        self.service = service
        self.host = host
        self.port = port
        self.security = security
        self.proxyProtocolFrom = proxyProtocolFrom
        self.descriptor = descriptor
        self.refusal = refusal
    }
}
