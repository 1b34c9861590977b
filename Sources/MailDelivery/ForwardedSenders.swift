internal import MailDomainAuth
package import MailMessage
package import MailStore

/// The senders of forwarded mail: rewritten on the way out, so that SPF fits, and recognised when a bounce comes back to them.
package struct ForwardedSenders: Sendable {
    private let store: MailStore

    package init(store: MailStore) { self.store = store }

    /// The null sender and our own stay what they are. Where there is no room to rewrite, the account itself is the sender.
    package func rewritten(_ sender: EmailAddress?, by account: AccountEntry) async throws(StoreError) -> EmailAddress?
    {
        guard let sender else { return nil }
        if let domain = MailDomain(sender), try await store.directory.isOurs(domain) { return sender }
        let scheme = SRS(secrets: [store.returnSecret], domain: account.address.domainKey)
        return scheme?.rewrite(sender, now: Int(clamping: store.directory.clock())) ?? account.address
    }

    /// Who sent what was forwarded with this sender; nil for any other address, and for one that is forged or too old.
    package func original(of address: EmailAddress) -> EmailAddress? {
        let scheme = SRS(secrets: [store.returnSecret], domain: address.domainKey)
        return try? scheme?.reverse(address, now: Int(clamping: store.directory.clock()))
    }
}
