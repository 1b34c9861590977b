package import MailNetwork

/// What the operator says about ways out.
package struct RoutingSettings: Sendable {
    /// For everything that no route is for; nil: by DNS.
    package var smarthost: Route?
    package var routes: [Route] = []
    /// Where MX hosts listen.
    package var port: UInt16 = 25
    package var prefersIPv6 = true
    /// `user@[192.0.2.1]` (RFC 5321 §4.1.3).
    package var allowsLiterals = false
    /// This server among MX hosts: mail that came here does not go there again.
    package var ownNames: Set<String> = []
    package var ownAddresses: Set<IPAddress> = []
    package var usesDANE = true
    package var usesMTASTS = true
    /// Where policies are kept (RFC 8461 §3.3); nil: in memory alone.
    package var policyFolder: String?
    /// A PEM file of the authorities that policy hosts are believed by; nil: the system's.
    package var authorities: String?
    /// Where policy hosts listen: another port is for tests.
    package var policyPort: UInt16 = 443

    /// Hosts of one domain that are looked at, most preferred first.
    package static let mostHosts = 20
    /// Addresses of one host.
    package static let mostAddresses = 8
    /// Kept policies (MTA-STS).
    package static let mostPolicyFiles = 10_000

    package init() {}

    /// Loopback too, wherever a stranger's records say so: the server that listens there is this one.
    func isOurs(_ address: IPAddress) -> Bool {
        let leadsInside = address.isLoopback || address.bytes.allSatisfy { $0 == 0 }
        return ownAddresses.contains(address) || leadsInside && port == Self.standardPort
    }

    func isOurs(_ host: String) -> Bool { ownNames.contains { $0.lowercased() == host } }

    private static let standardPort: UInt16 = 25
}
