import MailDelivery
import MailMessage
import MailWire

extension SMTPSession {
    /// RFC 5321 §4.1.1.3: who is unknown is told so here, so that no bounce has to be sent later.
    func rcpt(to recipient: ForwardPath, _ parameters: RcptParameters) async throws -> SMTPReply {
        guard let transaction = state.transaction else { throw SMTPError.mailFirst }
        guard transaction.body == nil else { throw SMTPError.chunkingBegun }
        // RFC 5321 §4.5.3.1.10
        guard transaction.recipientCount < policy.recipientLimit else { throw SMTPError.tooManyRecipients }
        let decision = try await decide(recipient, transaction.parameters)
        guard case .accepted(let target) = decision else { throw SMTPError(decision) }
        state.transaction?.add(target)
        return .recipientOK
    }

    private func decide(_ recipient: ForwardPath, _ parameters: MailParameters) async throws -> RecipientDecision {
        switch recipient {
        case .postmaster: return await services.resolver.decidePostmaster(size: parameters.size)
        case .mailbox(let address):
            guard parameters.isInternational || !address.needsSMTPUTF8 else { throw SMTPError.needsSMTPUTF8 }
            return await services.resolver.decide(address, size: parameters.size)
        }
    }
}
