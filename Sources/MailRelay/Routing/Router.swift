package import MailDial
internal import MailMessage
internal import MailNetwork

/// From a destination to the hosts that may take its mail, and what TLS they have to show.
package actor Router {
    let settings: RoutingSettings
    let names: NameService
    let policies: STSPolicies?
    let reports: TLSReportBook?
    private let table: RouteTable
    var generator = SystemRandomNumberGenerator()

    /// `policies`: nil without MTA-STS. `reports`: told of policies that could not be had.
    package init(
        settings: RoutingSettings, names: NameService, policies: STSPolicies?, reports: TLSReportBook? = nil
    ) {
        self.settings = settings
        self.names = names
        self.policies = policies
        self.reports = reports
        table = RouteTable(settings.routes)
    }

    package init(
        settings: RoutingSettings, names: NameService, reports: TLSReportBook? = nil
    ) throws(TLSTrust.Failure) {
        let policies = settings.usesMTASTS ? try STSPolicies(settings, names) : nil
        self.init(settings: settings, names: names, policies: policies, reports: reports)
    }

    /// `destination`: a domain in any spelling, or an address literal. `requiresTLS`: the message demands hosts that prove who they are
    /// (RFC 8689).
    package func route(to destination: String, requiresTLS: Bool) async -> RouteAnswer {
        guard let domain = DomainName.key(of: destination) else {
            return .refused(status: "5.1.2", reason: "\"\(destination)\" is not a domain")
        }
        if domain.hasPrefix("[") { return literal(domain, requiresTLS: requiresTLS) }
        let routes = table.routes(for: domain)
        if !routes.isEmpty { return await lead(domain, over: routes, requiresTLS: requiresTLS) }
        if let smarthost = settings.smarthost {
            return await lead(domain, over: [smarthost], requiresTLS: requiresTLS)
        }
        return await exchange(domain, demanding: nil, requiresTLS: requiresTLS)
    }

    private func literal(_ domain: String, requiresTLS: Bool) -> RouteAnswer {
        let text = domain.dropFirst().dropLast()
        let bare = text.hasPrefix("ipv6:") ? text.dropFirst(5) : text
        guard settings.allowsLiterals, let address = IPAddress(String(bare)) else {
            return .refused(status: "5.1.2", reason: "mail to an address instead of a domain is not sent from here")
        }
        guard !requiresTLS else { return .refused(status: "5.7.10", reason: Self.unproven(domain)) }
        guard !settings.isOurs(address) else { return .refused(status: "5.4.6", reason: "\(domain) is this server") }
        let hop = NextHop(host: domain, port: settings.port, addresses: [address], tls: .opportunistic)
        return .hops([hop])
    }

    static func unproven(_ domain: String) -> String {
        "the message demands TLS with a host that proves who it is (REQUIRETLS), and \(domain) has none that could"
    }
}
