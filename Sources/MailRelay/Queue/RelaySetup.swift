package import MailDelivery
package import MailDial
import MailDomainAuth
package import MailMessage
package import MailNetwork
package import MailStore
import MailTransport

/// The relay as the configuration says: plain values.
package struct RelaySetup: Sendable {
    package var plan = RelayPlan()
    package var routing = RoutingSettings()
    /// A PEM file of authorities; nil: the system's.
    package var authorities: String?
    /// What our own Authentication-Results fields are known by; nil: the server's name.
    package var authservID: String?
    /// Which of this machine's addresses mail leaves from, one for each family.
    package var sources: [IPAddress] = []
    /// Seconds for one answer, and for all of one message.
    package var answerSeconds = 300
    package var longestSeconds = 1_800
    package var sendsTLSReports = true
    /// Whom reports about TLS come from; nil: the postmaster of the first domain that signs.
    package var tlsReportContact: EmailAddress?

    package init() {}

    /// Throws `TLSError` or what a file of authorities has wrong.
    package func relay(
        store: MailStore, serverName: String, names: NameService, note: @escaping @Sendable (RelayNote) -> Void,
        localNote: @escaping @Sendable (QueueNote) -> Void
    ) throws -> Relay {
        let tls = try RelayTLS(authorities: authorities.map { .authorities(file: $0) } ?? .system)
        var talk = TalkSettings(helloName: serverName, tls: tls)
        talk.sources = sources
        let keys = DKIMKeyring(store: store.path)
        let reports = try sendsTLSReports ? reports(store, keys, names, serverName) : nil
        let router = try Router(settings: routing, names: names, reports: reports?.book)
        let signing = RelaySigning(keys)
        let sealing = RelaySealing(store: store, keys: keys, authservID: authservID ?? serverName)
        talk.wait(answerSeconds, inAll: longestSeconds)
        var parts = RelayParts(
            store: store, serverName: serverName, plan: plan, talk: talk,
            route: { await router.route(to: $0, requiresTLS: $1) },
            signer: { message in
                let author = signing.signer(of: message)
                return sealing.signer(for: message, author: author) ?? author
            }, note: note)
        parts.tlsReports = reports
        return Relay(parts: parts, note: localNote)
    }

    private func reports(
        _ store: MailStore, _ keys: DKIMKeyring, _ names: NameService, _ serverName: String
    ) throws(TLSTrust.Failure) -> TLSReportUpkeep {
        TLSReportUpkeep(
            book: TLSReportBook(folder: store.path + "/tls-reports", clock: store.directory.clock), store: store,
            keys: keys, names: names, trust: try TLSTrust(file: routing.authorities), serverName: serverName,
            contact: tlsReportContact)
    }
}
