internal import MailDial
internal import MailDomainAuth
internal import MailNetwork

/// The MX hosts of one domain beside what is announced about them.
struct HopSearch: Sendable {
    let domain: String
    /// DNSSEC proves the MX records, or that there are none; the host's own addresses have to be proven all the same.
    let isProven: Bool
    let finding: STSPolicies.Finding
    let route: Route?
    let requiresTLS: Bool
    let settings: RoutingSettings
    let names: NameService

    enum Result: Sendable, Equatable {
        case hop(NextHop)
        /// One of its addresses is this server's.
        case ours
        case unknown
        case failed(String)
        /// Its policy, or the message, does not allow it.
        case barred(host: String)
    }

    /// In the order of the hosts.
    func look(at exchangers: MailExchangers) async -> [Result] {
        await withTaskGroup { group in
            for (index, host) in exchangers.hosts.enumerated() {
                group.addTask { (index, await look(at: host.name)) }
            }
            var results = [Result](repeating: .unknown, count: exchangers.hosts.count)
            for await (index, result) in group { results[index] = result }
            return results
        }
    }

    private func look(at host: String) async -> Result {
        let addresses = await HostAddresses.of(host, names, prefersIPv6: settings.prefersIPv6)
        guard !addresses.all.isEmpty else { return addresses.failure.map { .failed("\(host): \($0)") } ?? .unknown }
        guard !addresses.all.contains(where: { settings.isOurs($0) }) else { return .ours }
        var pins = HostPins.none
        if settings.usesDANE, isProven, addresses.isAuthentic {
            pins = await HostPins.of(host, addresses, port: settings.port, names)
        }
        if case .failed(let reason) = pins { return .failed("TLSA records of \(host): \(reason)") }
        guard let (demand, policy) = demand(of: host, pins) else { return .barred(host: host) }
        return .hop(
            NextHop(host: host, port: settings.port, addresses: addresses.all, tls: demand, policy: policy))
    }

    /// DANE comes first: MTA-STS must not let pass what it forbids (RFC 8461 §2). nil: the host must not be used.
    func demand(of host: String, _ pins: HostPins) -> (TLSDemand, TLSPolicy)? {
        let none = TLSPolicy(.none, domain: domain)
        if let level = route?.level, level != .opportunistic {
            return route?.demand(of: host, isSafetyRequired: requiresTLS).map { ($0, none) }
        }
        if case .records(let records, let base) = pins {
            // RFC 7672 §3.2.2: what may stand in the certificate below a trust anchor.
            let own = [base, host, domain].reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            return (.dane(records, names: own), TLSPolicy(.tlsa, domain: host, lines: records.map(\.line)))
        }
        let announced = finding.policy.flatMap { $0.mode == .none ? nil : $0 }
        let note = announced.map { $0.noted(for: domain) } ?? none
        if let announced, announced.mode == .enforce || requiresTLS {
            return announced.allows(host) ? (.verified(names: [host]), note) : nil
        }
        // RFC 8689 §4.2.1: a name that anybody may have put there proves nothing, whatever its certificate says.
        if requiresTLS { return isProven ? (.verified(names: [host]), none) : nil }
        if case .unusable(let records) = pins {
            return (.encrypted, TLSPolicy(.tlsa, domain: host, lines: records.map(\.line)))
        }
        if announced?.mode == .testing { return (.tested(names: [host]), note) }
        return (.opportunistic, note)
    }

    func answer(_ results: [Result], _ exchangers: MailExchangers) -> RouteAnswer {
        var kept = zip(exchangers.hosts, results).map { (preference: $0.preference, result: $1) }
        if let own = kept.filter({ $0.result == .ours }).map(\.preference).min() {
            kept.removeAll { $0.preference >= own }
            if kept.isEmpty { return Router.loop(domain) }
        }
        let hops = kept.compactMap { entry -> NextHop? in
            guard case .hop(let hop) = entry.result else { return nil }
            return hop
        }
        return hops.isEmpty ? failure(kept.map(\.result)) : .hops(hops)
    }

    /// Hosts that the domain's own policy does not name (RFC 8461 §4.1).
    func unlisted(among results: [Result]) -> [String] {
        finding.policy?.mode == .enforce ? barred(among: results) : []
    }

    private func barred(among results: [Result]) -> [String] {
        results.compactMap { result in
            guard case .barred(let host) = result else { return nil }
            return host
        }
    }

    private func failure(_ results: [Result]) -> RouteAnswer {
        for case .failed(let reason) in results { return .deferred(status: "4.4.3", reason: reason) }
        if !barred(among: results).isEmpty {
            guard finding.policy?.mode == .enforce else {
                return .refused(status: "5.7.10", reason: Router.unproven(domain))
            }
            // RFC 8461 §5: a policy that does not fit its hosts is somebody's slip, which is mended.
            return .deferred(status: "4.7.0", reason: "the policy of \(domain) (MTA-STS) allows none of its hosts")
        }
        return .refused(status: "5.4.4", reason: "no host that takes mail for \(domain) has an address")
    }
}

extension STSPolicy {
    /// As reports name it.
    func noted(for domain: String) -> TLSPolicy { TLSPolicy(.sts, domain: domain, lines: lines, hosts: hosts) }
}
