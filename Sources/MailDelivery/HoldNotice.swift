internal import MailMessage
package import MailStore

/// Tells whoever goes beyond a limit of sending, and the postmaster, once when it begins: mail is held, not lost.
package struct HoldNotice: Sendable {
    private let store: MailStore
    private let serverName: String

    package init(store: MailStore, serverName: String) {
        self.store = store
        self.serverName = serverName
    }

    /// `account` is nil for a host of a trusted network. Returns when the notices are in the queue.
    package func send(
        about excess: SendingExcess, account: AccountEntry?, client: String, queue: QueueID?
    ) async throws(StoreError) {
        if let account { try await send(Self.words(for: account, excess), to: [account]) }
        guard case .accounts(let postmasters) = try await store.directory.resolvePostmaster() else { return }
        try await send(Self.words(for: account, excess, client: client, queue: queue), to: postmasters)
    }

    private func send(_ words: Words, to accounts: [AccountEntry]) async throws(StoreError) {
        guard let first = accounts.first, let sender = EmailAddress(local: "postmaster", domain: first.address.domain)
        else { return }
        let now = store.directory.clock()
        var builder = MessageBuilder()
        builder.addDate(MailDate(seconds: now))
        builder.add("From", addresses: [MailAddress(sender, name: "Postmaster")])
        builder.add("To", addresses: accounts.map { MailAddress($0.address) })
        builder.add("Subject", words.subject)
        builder.addMessageID(unique: "hold.\(now).\(UInt64.random(in: 0 ... .max))", domain: serverName)
        builder.add("Auto-Submitted", "auto-generated")  // RFC 3834 §5
        var envelope = QueueEnvelope(sender: nil, receivedAt: now)
        envelope.origin = .report
        let recipients = accounts.map { QueueRecipient(destination: .account($0.id), address: $0.address) }
        try await store.queue.enqueue(
            QueueSubmission(StorableMessage(builder.text(words.body)), envelope, to: recipients))
    }
}

extension HoldNotice {
    struct Words: Equatable {
        let subject: String
        let body: String
    }

    /// For the person. Whoever changes one language changes the other.
    static func words(for account: AccountEntry, _ excess: SendingExcess) -> Words {
        account.language == "sv"
            ? Words(
                subject: "Dina brev väntar hos posthuset",
                body: """
                    Från \(account.address) har det skickats fler brev än kontot får: gränsen är \(excess.most), \
                    \(swedish(excess.limit)). Det som kommer därutöver tas emot och väntar tills någon har tittat på det; \
                    ingenting är borta.

                    Var det du? Då behöver du inte göra något mer, eller be din postmaster om lov att skriva till fler.

                    Var det inte du känner någon annan ditt lösenord. Byt det genast, och säg till din postmaster.

                    """)
            : Words(
                subject: "Your mail is being held",
                body: """
                    More mail has been sent from \(account.address) than the account may send: the limit is \(excess.most) \
                    \(excess.limit.rawValue). What goes beyond is accepted and waits until somebody has looked at it; nothing \
                    is lost.

                    Was it you? Then there is nothing more to do, or ask your postmaster to let you write to more people.

                    If it was not you, somebody else knows your password. Change it at once, and tell your postmaster.

                    """)
    }

    /// For the postmaster.
    static func words(
        for account: AccountEntry?, _ excess: SendingExcess, client: String, queue: QueueID?
    ) -> Words {
        let who = account.map { "\($0.address)" } ?? "the host \(client)"
        let name = account.map { "\($0.address)" } ?? client
        return Words(
            subject: "Mail of \(who) is being held",
            body: """
                \(who) has gone beyond a limit: \(excess.used) of \(excess.most) \(excess.limit.rawValue). It came from \
                \(client). From now on such mail is accepted and held.

                Look at it:        mailctl queue list --sender \(name)
                Let one go:        mailctl queue release \(queue.map { "\($0)" } ?? "ID")
                Throw one away:    mailctl queue remove \(queue.map { "\($0)" } ?? "ID")
                Allow more:        mailctl sending allow \(name) ...
                A stolen password: mailctl password clear \(name), and tell the person

                """)
    }

    private static func swedish(_ limit: SendingLimit) -> String {
        switch limit {
        case .messagesPerHour: "brev i timmen"
        case .messagesPerDay: "brev om dagen"
        case .recipientsPerHour: "mottagare i timmen"
        case .recipientsPerDay: "mottagare om dagen"
        case .newRecipientsPerDay: "nya mottagare om dagen"
        }
    }
}
