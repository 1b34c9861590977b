import MailDial
import MailDomainAuth
import MailNetwork

extension Router {
    /// The domain's own hosts, as DNS tells them (RFC 5321 §5.1). `route`: the operator demands more of them than they announce.
    func exchange(_ domain: String, demanding route: Route?, requiresTLS: Bool) async -> RouteAnswer {
        async let finding = policies?.policy(of: domain) ?? STSPolicies.Finding()
        let answer = await names.lookup(.mx, domain)
        var exchangers: MailExchangers
        switch answer {
        case .failed(let reason): return .deferred(status: "4.4.3", reason: "\(domain): \(reason)")
        case .noName: return .refused(status: "5.1.2", reason: "the domain \(domain) does not exist")
        case .noData: exchangers = MailExchangers(implicit: domain)
        case .found(let found): exchangers = MailExchangers(found.all, using: &generator)
        }
        guard !exchangers.isNull else {
            return .refused(status: "5.1.10", reason: "the domain \(domain) takes no mail (RFC 7505)")
        }
        exchangers.cut { settings.isOurs($0.name) }
        guard !exchangers.leadsHere else { return Self.loop(domain) }
        exchangers.limit(to: RoutingSettings.mostHosts)
        let known = await finding
        if let fault = known.fault { reports?.note(domain, fault) }
        let search = HopSearch(
            domain: domain, isProven: answer == .noData || answer.isAuthentic, finding: known, route: route,
            requiresTLS: requiresTLS, settings: settings, names: names)
        let results = await search.look(at: exchangers)
        if let policy = known.policy {
            for host in search.unlisted(among: results) {
                reports?.note(domain, policy.noted(for: domain), unlisted: host)
            }
        }
        return search.answer(results, exchangers)
    }

    static func loop(_ domain: String) -> RouteAnswer {
        .refused(
            status: "5.4.6", reason: "the mail for \(domain) leads back to this server, which does not know the domain")
    }
}
