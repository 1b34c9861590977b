import MailMessage
import MailStore
import MailTransport
import MailWire

extension SMTPSession {
    /// RFC 5321 §4.1.1.2
    func mail(from sender: ReversePath, _ parameters: MailParameters) async throws -> SMTPReply {
        guard state.transaction == nil else { throw SMTPError.inTransaction }
        if let diskRefusal { throw diskRefusal }
        if let size = parameters.size, size > services.settings.messageLimit { throw SMTPError.messageTooLarge }
        // RFC 8689 §2
        guard !parameters.requiresTLS || connection.tls != nil else { throw SMTPError.requireTLSNeedsTLS }
        if let address = sender.address {
            // RFC 6531 §3.5
            guard parameters.isInternational || !address.needsSMTPUTF8 else { throw SMTPError.needsSMTPUTF8 }
            try await checkOwnership(of: address)
        }
        let transaction = SMTPTransaction(sender: sender, parameters: parameters)
        do {
            try await passGate(from: sender, parameters)
        } catch {
            noteRefused(transaction, error.reply)
            throw error
        }
        state.transaction = transaction
        return .senderOK
    }

    /// Who is logged in writes with addresses that reach them alone, or somebody who lets them; the null sender is for receipts (RFC 6409 §6.1).
    private func checkOwnership(of sender: EmailAddress) async throws {
        guard let account = state.account else { return }
        do {
            guard try await services.store.directory.mayWrite(account.id, as: sender) else {
                throw SMTPError.senderNotYours
            }
        } catch let error as StoreError {
            throw SMTPError(error)
        }
    }
}
