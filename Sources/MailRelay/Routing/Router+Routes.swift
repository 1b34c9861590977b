import MailDial
import MailNetwork

extension Router {
    /// The hosts that the operator has named, in that order.
    func lead(_ domain: String, over routes: [Route], requiresTLS: Bool) async -> RouteAnswer {
        var (hops, failures): ([NextHop], [RouteAnswer]) = ([], [])
        for route in routes {
            switch await lead(domain, over: route, requiresTLS: requiresTLS) {
            case .hops(let found): hops += found
            case let other: failures.append(other)
            }
        }
        guard hops.isEmpty else { return .hops(hops) }
        for failure in failures {
            if case .deferred = failure { return failure }
        }
        return failures.first ?? .deferred(status: "4.4.4", reason: "no route leads to \(domain)")
    }

    private func lead(_ domain: String, over route: Route, requiresTLS: Bool) async -> RouteAnswer {
        guard let host = route.host else { return await exchange(domain, demanding: route, requiresTLS: requiresTLS) }
        guard let demand = route.demand(of: host, isSafetyRequired: requiresTLS) else {
            return .refused(status: "5.7.10", reason: Self.unproven(domain))
        }
        let login: RelayLogin?
        do {
            login = try route.login.map { path throws(LoginFile.Fault) in try LoginFile.read(path) }
        } catch {
            return .deferred(status: "4.3.5", reason: "\(route.login ?? ""): \(error.words)")
        }
        let addresses = await HostAddresses.chosen(host, names, prefersIPv6: settings.prefersIPv6)
        guard !addresses.all.isEmpty else {
            // The operator's own words lead nowhere: mail waits until they are put right.
            return .deferred(
                status: "4.4.3", reason: addresses.failure.map { "\(host): \($0)" } ?? "no address of \(host)")
        }
        return .hops([NextHop(host: host, port: route.port, addresses: addresses.all, tls: demand, login: login)])
    }
}
