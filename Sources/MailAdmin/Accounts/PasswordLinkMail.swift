package import MailMessage
package import MailStore

extension Administration {
    /// Sends the link to an address where its owner reads mail already; in the queue when this returns.
    package func send(
        _ link: PasswordLinkText, of entry: AccountEntry, to address: EmailAddress
    ) async throws(AdminError) {
        do {
            let recipients = try await recipients(at: address, butNot: entry)
            var envelope = QueueEnvelope(sender: nil, receivedAt: clock())
            envelope.origin = .report
            let message = StorableMessage(PasswordLinkMail(link: link, entry: entry).message(to: address, at: clock()))
            try await store.queue.enqueue(QueueSubmission(message, envelope, to: recipients))
            try await directory.write(by: actor) {
                try $0.note("password link sent", "account \(entry.id)", after: "to \(address)")
            }
        } catch { throw AdminError(error) }
    }

    private func recipients(
        at address: EmailAddress, butNot entry: AccountEntry
    ) async throws -> [QueueRecipient] {
        switch try await directory.resolve(address) {
        case .accounts(let accounts):
            guard !accounts.contains(where: { $0.id == entry.id }) else {
                throw AdminError.wrongData(
                    "\(address) is the account itself: without its password nobody reads it there")
            }
            return accounts.map { QueueRecipient(destination: .account($0.id), address: address) }
        case .notLocal: return [QueueRecipient(destination: .remote(address), address: address)]
        case .unknown, .suspended, .loop, .unavailable: throw AdminError.wrongData("\(address) takes no mail here")
        }
    }
}

/// What stands in it. Whoever changes one language changes the other.
struct PasswordLinkMail {
    let link: PasswordLinkText
    let entry: AccountEntry

    func message(to address: EmailAddress, at now: EpochSeconds) -> [UInt8] {
        var builder = MessageBuilder()
        builder.addDate(MailDate(seconds: now))
        if let sender = EmailAddress(local: "postmaster", domain: entry.address.domain) {
            builder.add("From", addresses: [MailAddress(sender, name: "Postmaster")])
        }
        builder.add("To", addresses: [MailAddress(address)])
        builder.add("Subject", isSwedish ? "Välj ditt e-postlösenord" : "Set your mail password")
        builder.addMessageID(unique: String(UInt64.random(in: 0 ... .max), radix: 36), domain: entry.address.domain)
        builder.add("Auto-Submitted", "auto-generated")  // RFC 3834 §5
        return builder.text(isSwedish ? swedish : english)
    }

    private var isSwedish: Bool { entry.language == "sv" }
    private var until: String {
        String(MailDate(seconds: link.until).isoText.prefix(16)).replacing("T", with: " ") + " UTC"
    }

    private var english: String {
        """
        With this link you set the password of the mail account \(entry.address):

        \(link.text)

        It can be used once, until \(until). Give it to nobody: whoever opens it can set your password. If you have not asked \
        for it, do nothing, and tell your computer support.

        """
    }

    private var swedish: String {
        """
        Med den här länken väljer du lösenordet för e-postkontot \(entry.address):

        \(link.text)

        Den kan användas en gång, till \(until). Ge den inte till någon: den som öppnar den kan välja ditt lösenord. Om du inte \
        har bett om den, gör ingenting och säg till din datorsupport.

        """
    }
}
