/// A way that this server's operator has laid, instead of the one that DNS tells.
package struct Route: Sendable, Hashable {
    /// How much TLS it demands.
    package enum Level: String, Sendable, CaseIterable {
        case none, opportunistic, encrypted, verified, implicit
    }

    /// `*`, a domain in A-labels, or with a dot before it whatever lies below.
    package var domain: String
    /// A name or an address; nil: the domain's own hosts, with more demanded of them.
    package var host: String?
    package var port: UInt16
    package var level: Level
    /// A file with the name in its first line and the password in its second.
    package var login: String?

    package init(domain: String, host: String?, port: UInt16, level: Level = .opportunistic, login: String? = nil) {
        self.domain = domain
        self.host = host
        self.port = port
        self.level = level
        self.login = login
    }

    /// What the level means towards that host.
    func demand(of host: String, isSafetyRequired: Bool) -> TLSDemand? {
        switch level {
        case .none: isSafetyRequired ? nil : .clear
        case .opportunistic: isSafetyRequired ? .verified(names: [host]) : .opportunistic
        case .encrypted: isSafetyRequired ? .verified(names: [host]) : .encrypted
        case .verified: .verified(names: [host])
        case .implicit: .implicit(names: [host])
        }
    }
}

/// The routes of the configuration by what they are for.
struct RouteTable: Sendable {
    private let byDomain: [String: [Route]]

    init(_ routes: [Route]) { byDomain = Dictionary(grouping: routes, by: \.domain) }

    /// Those of the domain itself, else of the nearest above it, else of everything; in the order of the configuration.
    func routes(for domain: String) -> [Route] {
        if let own = byDomain[domain] { return own }
        var rest = domain[...]
        while let dot = rest.firstIndex(of: ".") {
            if let above = byDomain[String(rest[dot...])] { return above }
            rest = rest[rest.index(after: dot)...]
        }
        return byDomain["*"] ?? []
    }
}
