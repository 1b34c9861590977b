import MailMessage

/// `[relay]`: mail for other places.
package struct RelaySection: Sendable, Equatable {
    package enum ForeignAuthor: String, CaseIterable, Sendable { case sender, refuse }

    package var smarthost = ""
    package var routes: [String] = []
    package var trustedNetworks: [String] = []
    package var foreignAuthor = ForeignAuthor.sender
    package var connectionsPerHost = 20
    package var connections = 200
    package var firstRetry = 300
    package var longestRetry = 14_400
    package var lifetime = 432_000
    package var delayNotice = 14_400
    package var ipv6 = true
    package var sourceAddresses: [String] = []
    package var authorities = ""
    package var answerTimeout = 300
    package var longestDelivery = 1_800
    package var tlsReports = true
    package var tlsReportsFrom = ""

    static let keys: [ConfigurationKey<RelaySection>] = [
        .init(
            "smarthost", \.smarthost, .checkedText("HOST:PORT [OPTION ...]", RelaySection.smarthost),
            "\"HOST:PORT\" that takes all mail for other places. TLS is used where it is offered; options as for routes say more. "
                + "Empty: mail goes to the hosts that its domain names (MX)."),
        .init(
            "routes", \.routes, .list("list of \"DOMAIN: HOST:PORT [OPTION ...]\"", RelaySection.route),
            "Where the mail of some domains goes instead, each as \"DOMAIN: HOST:PORT [tls=LEVEL] [login=FILE]\". DOMAIN is a domain, "
                + "\".domain\" for all below it, or \"*\" for the rest. LEVEL is none, opportunistic, encrypted, verified or implicit "
                + "(port 465). FILE holds a name on its first line and a password on its second; with "
                + "tls=encrypted it is used by SCRAM alone, as nobody has proved whom it would be told."),
        .init(
            "trusted_networks", \.trustedNetworks, .list("list of networks", AddressText.network),
            "Hosts that may send to other places on port 25 without a login. Everybody else logs in first."),
        .init(
            "foreign_author", \.foreignAuthor, .choice,
            "A message whose From is not an address of whoever has logged in gets a Sender field that says so (sender), or is "
                + "refused (refuse)."),
        .init(
            "connections_per_host", \.connectionsPerHost, .number(1...1_000),
            "Connections to one host at a time. A host that has not answered is tried with one."),
        .init("connections", \.connections, .number(1...10_000), "Connections to all other hosts at a time."),
        .init(
            "first_retry", \.firstRetry, .span(1...86_400),
            "What could not be delivered is tried again after so long, then each time after twice as long."),
        .init("longest_retry", \.longestRetry, .span(1...604_800), "The longest such pause."),
        .init(
            "lifetime", \.lifetime, .span(60...2_592_000),
            "What could not be delivered for so long is given up, and its sender told (RFC 5321 §4.5.4.1: 4 to 5 days)."
        ),
        .init(
            "delay_notice", \.delayNotice, .span(0...2_592_000),
            "A sender whose mail waits for so long is told that it does, once. 0s = never."),
        .init("ipv6", \.ipv6, .flag, "Whether other hosts are tried over IPv6, before IPv4."),
        .init(
            "source_addresses", \.sourceAddresses, .list("list of addresses", AddressText.address),
            "Addresses of this machine that mail leaves from: one IPv4 address, one IPv6 address, or both; of several of a kind the first "
                + "counts. Where the machine has lost one, mail waits. Not given: the system chooses."),
        .init(
            "authorities", \.authorities, .path,
            "PEM file of the authorities that verified certificates of other hosts lead to. Empty: the system's."),
        .init(
            "answer_timeout", \.answerTimeout, .span(1...3_600),
            "How long a host may take for its greeting and for each answer to a short command (RFC 5321 §4.5.3.2: 5 minutes). The answer "
                + "to a whole message has twice as long."),
        .init(
            "longest_delivery", \.longestDelivery, .span(10...86_400),
            "How long one message may occupy a connection in all, however evenly the other host drips; a large one has a second more for "
                + "each 200 bytes. Then it waits for its next turn."),
        .init(
            "tls_reports", \.tlsReports, .flag,
            "Whether domains that ask for it are told once a day, by mail or HTTPS, how TLS with their hosts went (TLS-RPT, RFC 8460). Reports "
                + "are signed: without a key that signs there are none."),
        .init(
            "tls_reports_from", \.tlsReportsFrom, .checkedText("ADDRESS", RelaySection.address),
            "Whom these reports come from, and who answers questions about them. Empty: the postmaster of the first domain with a key "
                + "that signs."),
    ]

    private static func route(_ text: String) throws(ValueRefusal) -> String {
        _ = try RelayRouteText.route(text)
        return text
    }

    private static func address(_ text: String) throws(ValueRefusal) -> String {
        guard text.isEmpty || EmailAddress(text) != nil else { throw ValueRefusal("\"\(text)\" is not a mail address") }
        return text
    }

    private static func smarthost(_ text: String) throws(ValueRefusal) -> String {
        if !text.isEmpty { _ = try RelayRouteText.smarthost(text) }
        return text
    }
}
