import Glibc
package import MailDomainAuth
import MailMessage
package import MailStore

/// Signs what begins here with the keys of its author's domain (RFC 6376), at the moment it leaves: after any re-encoding, and in
/// the only worker that holds keys.
package struct RelaySigning: Sendable {
    static let chunkSize = 256 << 10

    private let keyring: DKIMKeyring

    package init(_ keyring: DKIMKeyring) { self.keyring = keyring }

    /// Nil for what comes from elsewhere: nobody here vouches for it.
    package func signer(of message: QueuedMessage) -> OutgoingMessage.Signer? {
        let envelope = message.envelope
        guard envelope.origin.isOurs || envelope.traits.contains(.beganHere) else { return nil }
        return { await fields(for: $0) }
    }

    /// Nothing when there is no key for the author, or the header is such that nobody would believe a signature.
    @concurrent private func fields(for content: MessageContent) async -> [UInt8] {
        do {
            let first = try await content.read(at: 0, count: Self.chunkSize)
            let identities = identities(for: first)
            guard !identities.isEmpty else { return [] }
            var signer = DKIMSigner(identities, time: Int(time(nil)))
            var place: Int64 = 0
            while place < content.size {
                let chunk = place == 0 ? first : try await content.read(at: place, count: Self.chunkSize)
                guard !chunk.isEmpty else { return [] }
                signer.consume(chunk)
                place += Int64(chunk.count)
            }
            return try signer.finish()
        } catch {
            return []
        }
    }

    private func identities(for start: [UInt8]) -> [SigningIdentity] {
        let author = Header(start).first("From").map { AddressList($0.unfolded).addresses }?.first?.emailAddress
        guard let domain = author?.domainKey else { return [] }
        return keyring.keys(for: domain).compactMap {
            SigningIdentity(domain: $0.domain, selector: $0.selector, key: $0.key)
        }
    }
}
