import MailAdmin
import MailConfig
import MailCrypto
import MailNetwork
import MailSessions
import MailStore
import MailWeb

/// From `[web]`, and what other sections say that the pages tell.
struct WebPlanBuilder {
    private let configuration: Configuration

    init(_ configuration: Configuration) { self.configuration = configuration }

    func apply(to plan: inout ServerPlan) {
        var web = WebSettings(hostName: configuration.server.name)
        web.organisation = configuration.web.organisation
        web.contact = configuration.web.contact
        web.language = Language(rawValue: configuration.web.language.rawValue) ?? .english
        web.offers = offers
        web.policy = policy
        web.profileSigner = profileSigner
        web.trustedNetworks = configuration.relay.trustedNetworks.compactMap { AddressPrefix($0) }
        web.minimumPasswordLength = configuration.identity.minimumPasswordLength
        web.login = LoginWay(rawValue: configuration.identity.login.rawValue) ?? .mail
        web.providerName = configuration.identity.oidcName
        web.address = configuration.siteAddress
        web.comparesPasswords = !configuration.identity.program.isEmpty
        web.programSeconds = configuration.identity.programTimeout
        web.offersScram = configuration.auth.scram
        web.formerPasswordSeconds = Int64(configuration.identity.formerPassword)
        web.siteAddress = configuration.siteAddress
        web.restorableSeconds = Int64(configuration.retention.restorable)
        plan.web = web
        plan.storeOptions.webSessions.idle = Int64(configuration.web.idle)
        plan.storeOptions.webSessions.longest = Int64(configuration.web.session)
    }

    /// As `mailctl dns` has it.
    private var policy: TransportPolicy {
        let hosts = configuration.web.mtaSTSHosts
        return TransportPolicy(
            mode: .init(rawValue: configuration.web.mtaSTS.rawValue) ?? .none,
            hosts: hosts.isEmpty ? [configuration.server.name] : hosts)
    }

    var profileSigner: ContentSigner? {
        let web = configuration.web
        guard !web.profileCertificate.isEmpty else { return nil }
        return ContentSigner(certificateFile: web.profileCertificate, keyFile: web.profileKey)
    }

    /// What the worker reads again while it runs.
    var files: [String] {
        [configuration.web.profileCertificate, configuration.web.profileKey].filter { !$0.isEmpty }
    }

    /// As `mailctl settings` has them.
    private var offers: [ClientSettings.Offer] {
        ClientSettings.Offer.ordered.compactMap { name, kind in
            guard let service = Service(rawValue: name) else { return nil }
            let section = configuration.listen[service]
            guard section.enabled else { return nil }
            return ClientSettings.Offer(kind: kind, port: section.port, isImplicit: service.security == .implicit)
        }
    }
}
