import MailDelivery
import MailIdentity
import MailMessage
import MailStore
import MailWire

extension SMTPSession {
    /// RFC 5321 §4.1.1.3: who is unknown is told so here, so that no bounce has to be sent later.
    func rcpt(to recipient: ForwardPath, _ parameters: RcptParameters) async throws -> SMTPReply {
        do {
            return try await admit(recipient, parameters)
        } catch let error as SMTPError {
            noteRefused(recipient, error.reply)
            throw error
        }
    }

    private func admit(_ recipient: ForwardPath, _ parameters: RcptParameters) async throws -> SMTPReply {
        let envelope = try envelopeParameters()
        let decision = try await decide(recipient, envelope)
        if case .notLocal = decision, case .mailbox(let address) = recipient {
            try await checkRelaying()
            try await passGate(to: recipient, parameters)
            state.transaction?.add(elsewhere: address, QueueNotice(parameters))
            return .recipientOK
        }
        if case .returning(let origin) = decision {
            guard state.transaction?.sender.address == nil else { throw SMTPError(decision) }
            try await passGate(to: recipient, parameters)
            try await takeBack(to: origin, QueueNotice(parameters))
            return .recipientOK
        }
        guard case .accepted(var target) = decision else { throw SMTPError(decision) }
        try await passGate(to: recipient, parameters)
        target.notice = QueueNotice(parameters)
        state.transaction?.add(target)
        return .recipientOK
    }

    /// A bounce of mail that was forwarded from here goes on to who sent it; nothing else may.
    private func takeBack(to origin: EmailAddress, _ notice: QueueNotice) async throws {
        switch await services.resolver.decide(origin, size: state.transaction?.parameters.size) {
        case .accepted(var target):
            target.notice = notice
            state.transaction?.add(target)
        case .notLocal: state.transaction?.add(elsewhere: origin, notice)
        case let decision: throw SMTPError(decision)
        }
    }

    private func checkRelaying() async throws {
        guard relayRight != nil else { throw SMTPError(RecipientDecision.notLocal) }
        if let refusal = try await refusalToSendOutside() { throw SMTPError(refusal) }
    }

    /// The transaction itself is not held on to: adding to it would copy its recipients each time.
    private func envelopeParameters() throws(SMTPError) -> MailParameters {
        guard let transaction = state.transaction else { throw .mailFirst }
        guard transaction.body == nil else { throw .chunkingBegun }
        // RFC 5321 §4.5.3.1.10
        guard transaction.recipientCount < policy.recipientLimit else { throw .tooManyRecipients }
        return transaction.parameters
    }

    /// The words are for whoever has logged in, and so is the switch.
    private func refusalToSendOutside() async throws(SMTPError) -> LoginRefusal? {
        guard let account = state.account else { return nil }
        do {
            return try await services.store.directory.read { reader in
                let isOn = try reader.features(of: account).isOn(.sendOutside)
                return isOn ? nil : LoginRefusal(.switchedOff(.sendOutside), contact: try reader.contact(of: account))
            }
        } catch { throw SMTPError(error) }
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
