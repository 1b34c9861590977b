package import MailCrypto

/// A key and where its public half stands in DNS.
package struct SigningIdentity: Sendable {
    package let domain: String
    package let selector: String
    package let key: SigningKey

    /// nil for names that DNS cannot hold.
    package init?(domain: String, selector: String, key: SigningKey) {
        guard let domain = HostName.normal(domain), let selector = HostName.normal(selector) else { return nil }
        (self.domain, self.selector, self.key) = (domain, selector, key)
    }

    /// The name of its TXT record.
    package var recordName: String { DKIMKeyRecord.name(selector: selector, domain: domain) }
    /// Its content.
    package var recordText: String { DKIMKeyRecord.text(for: key.verificationKey) }

    var algorithm: SignatureAlgorithm { SignatureAlgorithm(key.kind) }
}

package enum SigningError: Error, Sendable, Equatable {
    /// No From field, or lines in the header that are no fields: nobody would believe the signature.
    case malformed
    /// The key does not sign.
    case unavailable
}
