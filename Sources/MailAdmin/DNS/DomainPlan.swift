internal import MailCrypto
internal import MailDomainAuth
internal import MailMessage
package import MailStore

/// What this server is to a domain, from which follows what the domain's DNS should say.
package struct DomainPlan: Sendable {
    package let domain: String
    /// The server's own name.
    package let host: String
    package let offers: [ClientSettings.Offer]
    let web: WebPresence
    /// nil without a certificate.
    let pin: CertificatePin?
    let keys: [DKIMKeyEntry]
    let now: EpochSeconds

    /// In the order in which one would set them up.
    package var records: [WantedRecord] {
        [exchanger, sender] + keyRecords + [author] + [safety, policyHost, policyFile] + [reports] + services
            + [autoconfig] + autodiscover + userAgents + pins
    }

    private var exchanger: WantedRecord { WantedRecord(domain, .mx, .mx, "10 \(host).") }

    private var sender: WantedRecord {
        WantedRecord(domain, .txt, .spf, "v=spf1 mx -all", note: "add whoever else sends for the domain, before -all")
    }

    /// Where nothing signs, that is said.
    private var keyRecords: [WantedRecord] {
        let records = keys.compactMap(key)
        guard !keys.contains(where: { $0.state != .retired }) else { return records }
        return records + [WantedRecord("_domainkey.\(domain)", .txt, .dkim, "", note: "mailctl dkim create \(domain)")]
    }

    private func key(_ entry: DKIMKeyEntry) -> WantedRecord? {
        let name = "\(entry.selector)._domainkey.\(domain)"
        switch entry.state {
        case .pending:
            return WantedRecord(
                name, .txt, .dkim, entry.record, note: "signs nothing until: mailctl dkim rotate \(domain)")
        case .active: return WantedRecord(name, .txt, .dkim, entry.record)
        case .retired:
            guard entry.isOnTheWay(at: now) else { return nil }
            return WantedRecord(
                name, .txt, .dkim, entry.record, isNeeded: false, note: "retired; to be removed a week after that")
        }
    }

    private var author: WantedRecord {
        WantedRecord(
            "_dmarc.\(domain)", .txt, .dmarc, "v=DMARC1; p=quarantine; rua=mailto:postmaster@\(domain)",
            note: "begin with p=none where others send for the domain too")
    }

    package var policyText: String { web.policy.text }

    private var safety: WantedRecord {
        let id = Hex.encode(MailCrypto.sha256(Array(policyText.utf8)).prefix(8))
        return WantedRecord(
            "_mta-sts.\(domain)", .txt, .mtaSTS, "v=STSv1; id=\(id)", isNeeded: false,
            note: "another id whenever the file changes")
    }

    private var policyHost: WantedRecord {
        WantedRecord(
            "mta-sts.\(domain)", .cname, .mtaSTS, "\(host).", isNeeded: false,
            note: served("the address of any web server with a certificate for this name"))
    }

    /// What the server's own pages serve is served where programs look, on port 443, if the certificate has the name.
    private func served(_ otherwise: String) -> String {
        switch web.port {
        case nil: otherwise
        case Self.webPort: "the server's certificate needs this name too"
        case let port?: "programs ask on port 443, and the server has \(port); its certificate needs this name too"
        }
    }

    private static let webPort = 443

    package var policyAddress: String { "https://mta-sts.\(domain)/.well-known/mta-sts.txt" }

    private var policyFile: WantedRecord {
        WantedRecord(
            policyAddress, .file, .mtaSTS, policyText, isNeeded: false,
            note: web.port == nil ? "as text/plain, without redirections" : "the server serves it")
    }

    private var reports: WantedRecord {
        WantedRecord(
            "_smtp._tls.\(domain)", .txt, .tlsReports, "v=TLSRPTv1; rua=mailto:postmaster@\(domain)", isNeeded: false)
    }

    private var settings: ClientSettings { ClientSettings(domains: [domain], host: host, offers: offers) }

    private var services: [WantedRecord] {
        settings.serviceEntries.map { entry in
            WantedRecord(
                entry.owner, .srv, .clients, entry.value, isNeeded: false,
                note: entry.isOffered ? "" : "says that there is no such service")
        }
    }

    private var autoconfig: WantedRecord {
        WantedRecord(
            "autoconfig.\(domain)", .cname, .autoconfig, "\(host).", isNeeded: false,
            note: served("a web server that has what mailctl settings --format autoconfig prints"))
    }

    /// For Outlook, which then asks that host.
    private var autodiscover: [WantedRecord] {
        guard let port = web.port else { return [] }
        return [
            WantedRecord(
                "_autodiscover._tcp.\(domain)", .srv, .clients, "0 0 \(port) \(host).", isNeeded: false,
                note: "for Outlook")
        ]
    }

    /// PACC: the file's host, and what vouches for its octets.
    private var userAgents: [WantedRecord] {
        guard web.port != nil, let digest = settings.userAgentDigest else { return [] }
        return [
            WantedRecord(
                "ua-auto-config.\(domain)", .cname, .pacc, "\(host).", isNeeded: false, note: served("")),
            WantedRecord(
                "_ua-auto-config.\(domain)", .txt, .pacc, digest, isNeeded: false,
                note: "another whenever hosts or ports change"),
        ]
    }

    private var pins: [WantedRecord] {
        guard let pin else { return [] }
        return [
            WantedRecord(
                "_25._tcp.\(host)", .tlsa, .dane, "3 1 1 \(Hex.encode(pin.octets))", isNeeded: false,
                note: "only in a zone that is signed (DNSSEC); the next key's record first, then the next key")
        ]
    }
}

extension DKIMKeyEntry {
    /// Longer than mail is on its way.
    static let secondsOnTheWay: Int64 = 604_800

    /// Mail that it has signed may still arrive somewhere.
    func isOnTheWay(at now: Int64) -> Bool {
        state == .retired && now - changedAt < Self.secondsOnTheWay
    }
}

extension Administration {
    package func plan(
        for domain: MailDomain, host: String, offers: [ClientSettings.Offer], web: WebPresence, pin: CertificatePin?
    ) async throws(AdminError) -> DomainPlan {
        try await requireDomain(domain)
        return DomainPlan(
            domain: domain.name, host: host, offers: offers, web: web, pin: pin, keys: try entries(of: domain),
            now: clock())
    }
}
