import MailMessage
import MailStore
import MailWire

extension SMTPSession {
    /// RFC 5321 §4.1.1.2
    func mail(from sender: ReversePath, _ parameters: MailParameters) async throws -> SMTPReply {
        guard state.transaction == nil else { throw SMTPError.inTransaction }
        if let diskRefusal { throw diskRefusal }
        if let size = parameters.size, size > services.settings.messageLimit { throw SMTPError.messageTooLarge }
        if let address = sender.address {
            // RFC 6531 §3.5
            guard parameters.isInternational || !address.needsSMTPUTF8 else { throw SMTPError.needsSMTPUTF8 }
            try await checkOwnership(of: address)
        }
        state.transaction = SMTPTransaction(sender: sender, parameters: parameters)
        return .senderOK
    }

    /// Who is logged in writes with addresses that reach them alone, or somebody who lets them; the null sender is for receipts (RFC 6409 §6.1).
    private func checkOwnership(of sender: EmailAddress) async throws {
        guard let account = state.account else { return }
        do {
            guard case .accounts(let owners) = try await services.store.directory.resolve(sender),
                let owner = owners.first?.id, owners.count == 1
            else { throw SMTPError.senderNotYours }
            guard owner != account.id else { return }
            guard try await services.store.directory.maySend(account.id, as: owner) else {
                throw SMTPError.senderNotYours
            }
        } catch let error as StoreError {
            throw SMTPError(error)
        }
    }
}
