import MailMessage
import MailNetwork
import MailStore
import MailTransport
import MailWire

/// What was turned away at the door, for the trail: senders ask us why, and so do those who wait for mail.
extension SMTPSession {
    /// A sender, by a filter, before anybody is named.
    func noteRefused(_ transaction: SMTPTransaction, _ reply: SMTPReply) {
        note(nextMessageID(), transaction, reply, to: "")
    }

    /// One recipient, before there is a message; nothing when no sender was named.
    func noteRefused(_ recipient: ForwardPath, _ reply: SMTPReply) {
        guard let transaction = state.transaction else { return }
        let address: String
        switch recipient {
        case .postmaster: address = "postmaster"
        case .mailbox(let mailbox): address = mailbox.description
        }
        note(nextMessageID(), transaction, reply, to: address)
    }

    /// A message for all its recipients.
    func noteRefused(_ body: SMTPBody, _ transaction: SMTPTransaction, _ reply: SMTPReply) {
        for address in transaction.addresses {
            note(body.id, transaction, reply, to: address?.description ?? "postmaster", body)
        }
    }

    private func note(
        _ id: String, _ transaction: SMTPTransaction, _ reply: SMTPReply, to recipient: String, _ body: SMTPBody? = nil
    ) {
        let origin: TrailOrigin =
            switch relayRight {
            case .account: .login
            case .network: .trustedNetwork
            case nil: .outside
            }
        let arrival = TrailArrival(
            sender: transaction.sender.address?.description ?? "", origin: origin, peer: "\(connection.peer.ip)",
            size: body?.size ?? 0, messageID: body.flatMap { $0.messageID.isEmpty ? nil : "<\($0.messageID)>" } ?? "",
            recipients: recipient.isEmpty ? 0 : 1)
        let code = reply.enhanced.map { "\(reply.code) \(reply.code / 100).\($0) " } ?? "\(reply.code) "
        services.store.trail.note(
            TrailEvent(
                id, .refused(arrival, reply: code + reply.lines.joined(separator: " ")), to: recipient,
                account: state.account?.id))
    }
}
