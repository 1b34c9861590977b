package import MailStore

/// What the relay stands on; made once by the composition.
package struct RelayParts: Sendable {
    package var store: MailStore
    /// What reports call this server.
    package var serverName: String
    package var plan: RelayPlan
    package var talk: TalkSettings
    /// Where the mail for a domain goes.
    package var route: @Sendable (_ domain: String, _ requiresTLS: Bool) async -> RouteAnswer
    /// The header fields to put on top of a message that leaves; nil for one that nobody signs.
    package var signer: @Sendable (QueuedMessage) -> OutgoingMessage.Signer?
    package var note: @Sendable (RelayNote) -> Void
    /// Nil: nobody is told about TLS.
    package var tlsReports: TLSReportUpkeep?

    package init(
        store: MailStore, serverName: String, plan: RelayPlan, talk: TalkSettings,
        route: @escaping @Sendable (_ domain: String, _ requiresTLS: Bool) async -> RouteAnswer,
        signer: @escaping @Sendable (QueuedMessage) -> OutgoingMessage.Signer? = { _ in nil },
        note: @escaping @Sendable (RelayNote) -> Void = { _ in }
    ) {
        self.store = store
        self.serverName = serverName
        self.plan = plan
        self.talk = talk
        self.route = route
        self.signer = signer
        self.note = note
    }
}
