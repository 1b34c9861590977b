internal import MailCrypto
internal import MailDelivery
package import MailDomainAuth
internal import MailMessage
package import MailStore

/// What is put on top of a message that an account sends on: the account's trace, which cuts circles, and a seal that states what was
/// found when it came (RFC 8617 §5.1).
package struct RelaySealing: Sendable {
    private let directory: Directory
    private let keys: DKIMKeyring
    private let authservID: String

    /// `authservID`: what our own Authentication-Results fields are known by.
    package init(store: MailStore, keys: DKIMKeyring, authservID: String) {
        directory = store.directory
        self.keys = keys
        self.authservID = authservID
    }

    /// Nil for what is not forwarded. `author`: signs first where it began here, so that the seal covers the signature.
    package func signer(
        for message: QueuedMessage, author: OutgoingMessage.Signer? = nil
    ) -> OutgoingMessage.Signer? {
        guard message.envelope.origin == .forwarded, let account = message.envelope.submitter else { return nil }
        return { content in
            let signed = await author?(content) ?? []
            return await fields(over: content.below(signed), by: account) + signed
        }
    }

    /// Mail is never held up for a seal.
    private func fields(over content: MessageContent, by account: AccountID) async -> [UInt8] {
        guard let entry = try? await directory.entry(id: account) else { return [] }
        return ForwardingTrace.field(of: entry) + (await seal(over: content, of: entry.address.domainKey) ?? [])
    }

    /// Nil without a key that signs, and where a seal would say nothing.
    private func seal(over content: MessageContent, of domain: String) async -> [UInt8]? {
        let keys = keys.keys(for: domain)
        // RFC 8617 §4.1.2 leaves the algorithms to DKIM; every receiver knows RSA.
        guard let key = keys.first(where: { $0.key.kind == .rsa }) ?? keys.first,
            let identity = SigningIdentity(domain: key.domain, selector: key.selector, key: key.key)
        else { return nil }
        var sealer = ARCSealer(identity, authservID: authservID, time: Int(clamping: directory.clock()))
        do {
            try await content.eachChunk { sealer.consume($0) }
            return try sealer.finish()
        } catch {
            return nil
        }
    }
}
