package import MailFilter
package import MailIdentity
package import MailNetwork
package import MailRelay
package import MailShared
package import MailStore
package import MailTransport
package import MailWeb

/// Everything a `MailServer` is told: plain values, translated from the configuration by the executable.
package struct ServerPlan: Sendable {
    package var storePath: String
    package var storeOptions = MailStore.Options()
    package var settings: SessionSettings
    package var ports: [MailPort]
    /// Empty: no TLS, and so no login anywhere.
    package var identities: [TLSIdentity] = []
    package var ticketKeys = TLSTicketKeys.random()
    package var login = LoginPolicy()
    package var receiving = SMTPPolicy(role: .receiving)
    package var submission = SMTPPolicy(role: .submission)
    package var filters = FilterPlan()
    package var connections = ConnectionLimits()
    /// What the pages say; for the service https.
    package var web: WebSettings?
    /// A worker's place beside the others; nil: this process is the whole server.
    package var seat: SharedSeat?
    /// What this process is called in the metrics.
    package var role = MetricRole.all
    /// Event loops, and threads for crypt(3).
    package var threads = 2
    package var blockingThreads = 2
    /// One process of all that serve a store runs its queue and its housekeeping.
    package var runsUpkeep = true
    /// Not nil: this process takes mail out of the queue, once no other does.
    package var relay: RelaySetup?
    /// Asked for names instead of the system's servers.
    package var nameServer: PeerAddress?
    /// How long `drain` lets the sessions finish what they have begun.
    package var drainSeconds = 10

    package init(storePath: String, settings: SessionSettings, ports: [MailPort]) {
        self.storePath = storePath
        self.settings = settings
        self.ports = ports
    }
}

/// One port: what is spoken there, and where it is.
package struct MailPort: Sendable {
    package var service: MailService
    /// An address, or "*" for every IPv4 and IPv6 address.
    package var host: String
    /// 0: any free port.
    package var port: Int
    package var proxyProtocolFrom: [AddressPrefix]
    /// A socket inherited from systemd or a supervisor.
    package var descriptor: Int32?

    package init(
        _ service: MailService, host: String, port: Int, proxyProtocolFrom: [AddressPrefix] = [],
        descriptor: Int32? = nil
    ) {
        self.service = service
        self.host = host
        self.port = port
        self.proxyProtocolFrom = proxyProtocolFrom
        self.descriptor = descriptor
    }
}
