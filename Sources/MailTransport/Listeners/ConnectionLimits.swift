package import MailNetwork

package struct ConnectionLimits: Sendable, Equatable {
    /// Connections at one time from one IPv4 address or one IPv6 /64; nil: no limit.
    package var perAddress: Int?
    /// The same from one IPv4 /24 or IPv6 /48; nil: no limit.
    package var perNetwork: Int? = 2_000
    /// New connections in one minute from one IPv4 address or IPv6 /64; nil: no limit.
    package var ratePerAddress: Int? = 600
    /// Whoever comes from here is not counted by address: loopback, and proxies that speak for many.
    package var exempt: [AddressPrefix] = []
    package var total: Int
    /// From the connection (or STARTTLS) to the end of the TLS handshake.
    package var handshakeSeconds: Int
    /// Until the whole PROXY header is there.
    package var proxyHeaderSeconds: Int
    /// Idle time of a session that sets none itself.
    package var idleSeconds: Int
    package var overload = OverloadLimits()

    package init(
        perAddress: Int? = 200, total: Int = 20_000, handshakeSeconds: Int = 30, proxyHeaderSeconds: Int = 5,
        idleSeconds: Int = 300
    ) {
        self.perAddress = perAddress
        self.total = total
        self.handshakeSeconds = handshakeSeconds
        self.proxyHeaderSeconds = proxyHeaderSeconds
        self.idleSeconds = idleSeconds
    }
}

/// What happens below the sessions, for the log.
package enum TransportEvent: Sendable, Equatable {
    case refused(ConnectionOrigin, Refusal)
    case handshakeFailed(ConnectionOrigin, FailedHandshake)
    case proxyHeaderRefused(ConnectionOrigin, reason: String)
    case acceptFailed(service: String, reason: String)
}
