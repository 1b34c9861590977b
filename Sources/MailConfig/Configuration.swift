/// Everything the operator decides, with its defaults: the value behind `/etc/posthus/mail.conf`.
package struct Configuration: Sendable, Equatable {
    package static let standardPath = "/etc/posthus/mail.conf"

    package var server = ServerSection()
    package var listen = ListenSection()
    package var tls = TLSSection()
    package var limits = LimitsSection()
    package var imap = IMAPSection()
    package var search = SearchSection()
    package var retention = RetentionSection()
    package var trail = TrailSection()
    package var sending = SendingSection()
    package var relay = RelaySection()
    package var dns = DNSSection()
    package var auth = AuthSection()
    package var identity = IdentitySection()
    package var proxyProtocol = ProxySection()
    package var filter = FilterSection()
    package var log = LogSection()
    package var monitor = MonitorSection()
    package var web = WebSection()

    package init() {}

    static let keys: [ConfigurationKey<Configuration>] =
        ServerSection.keys.map { $0.below("server", \.server) }
        + ListenSection.keys.map { $0.below("listen", \.listen) }
        + TLSSection.keys.map { $0.below("tls", \.tls) }
        + LimitsSection.keys.map { $0.below("limits", \.limits) }
        + IMAPSection.keys.map { $0.below("imap", \.imap) }
        + SearchSection.keys.map { $0.below("search", \.search) }
        + RetentionSection.keys.map { $0.below("retention", \.retention) }
        + TrailSection.keys.map { $0.below("trail", \.trail) }
        + SendingSection.keys.map { $0.below("sending", \.sending) }
        + RelaySection.keys.map { $0.below("relay", \.relay) }
        + DNSSection.keys.map { $0.below("dns", \.dns) }
        + AuthSection.keys.map { $0.below("auth", \.auth) }
        + IdentitySection.keys.map { $0.below("identity", \.identity) }
        + ProxySection.keys.map { $0.below("proxy_protocol", \.proxyProtocol) }
        + (FilterSection.keys + FilterSection.programKeys).map { $0.below("filter", \.filter) }
        + LogSection.keys.map { $0.below("log", \.log) }
        + MonitorSection.keys.map { $0.below("monitor", \.monitor) }
        + WebSection.keys.map { $0.below("web", \.web) }

    static let keysByName = Dictionary(uniqueKeysWithValues: keys.map { ($0.name, $0) })
}
