import MailConfig
import MailMessage
import MailNetwork
import MailRelay
import MailSessions
import MailStore

/// `[relay]` and `[dns]` in the server's own values.
struct RelayPlanBuilder {
    private let configuration: Configuration

    init(_ configuration: Configuration) { self.configuration = configuration }

    func apply(to plan: inout ServerPlan) {
        let relay = configuration.relay
        plan.relay = setup()
        plan.nameServer = configuration.dns.place.flatMap { place in
            IPAddress(place.address).map { PeerAddress(ip: $0, port: UInt16(clamping: place.port)) }
        }
        plan.storeOptions.retries = retries()
        plan.receiving.trustedNetworks = relay.trustedNetworks.compactMap { AddressPrefix($0) }
        let author: SMTPPolicy.ForeignAuthor = relay.foreignAuthor == .refuse ? .refuse : .addSender
        plan.receiving.foreignAuthor = author
        plan.submission.foreignAuthor = author
    }

    /// What it reads while it runs.
    var files: [String] {
        let relay = configuration.relay
        let routes =
            relay.routes.compactMap { RelayRouteText(route: $0) }
            + [RelayRouteText(smarthost: relay.smarthost)].compactMap { $0 }
        return routes.compactMap(\.login) + (relay.authorities.isEmpty ? [] : [relay.authorities])
    }

    private func setup() -> RelaySetup {
        let relay = configuration.relay
        var setup = RelaySetup()
        setup.plan.connections = relay.connections
        setup.plan.connectionsPerHost = min(relay.connectionsPerHost, relay.connections)
        setup.routing.smarthost = RelayRouteText(smarthost: relay.smarthost).map(route)
        setup.routing.routes = relay.routes.compactMap { RelayRouteText(route: $0).map(route) }
        setup.routing.prefersIPv6 = relay.ipv6
        setup.routing.ownNames = [configuration.server.name]
        setup.routing.policyFolder = configuration.server.store + "/mta-sts"
        setup.sources = relay.sourceAddresses.compactMap { IPAddress($0) }
        if !configuration.filter.authservID.isEmpty { setup.authservID = configuration.filter.authservID }
        (setup.answerSeconds, setup.longestSeconds) = (relay.answerTimeout, relay.longestDelivery)
        setup.sendsTLSReports = relay.tlsReports
        setup.tlsReportContact = EmailAddress(relay.tlsReportsFrom)
        if !relay.authorities.isEmpty {
            setup.authorities = relay.authorities
            setup.routing.authorities = relay.authorities
        }
        return setup
    }

    private func route(_ text: RelayRouteText) -> Route {
        Route(
            domain: text.domain, host: text.host, port: text.port,
            level: Route.Level(rawValue: text.tls.rawValue) ?? .opportunistic, login: text.login)
    }

    private func retries() -> RetrySchedule {
        let relay = configuration.relay
        var schedule = RetrySchedule()
        schedule.firstDelay = Int64(relay.firstRetry)
        schedule.longestDelay = Int64(max(relay.firstRetry, relay.longestRetry))
        schedule.lifetime = Int64(relay.lifetime)
        schedule.noticeAfter = Int64(relay.delayNotice)
        return schedule
    }
}
