import MailCrypto
import Synchronization

/// The server's side of TLS. Contexts made from one another by `offering(alpn:)` share certificates, ticket keys and reloads.
package final class TLSServerContext: Sendable {
    package let alpn: [String]
    /// The same as bytes: one copy for all connections.
    let protocols: [[UInt8]]
    private let store: TLSIdentityStore

    /// The first identity answers clients that name no server or an unknown one.
    package init(
        identities: [TLSIdentity], alpn: [String] = [], ticketKeys: TLSTicketKeys = .random()
    ) throws(TLSError) {
        self.alpn = alpn
        protocols = alpn.map { Array($0.utf8) }
        store = try TLSIdentityStore(identities, ticketKeys)
    }

    private init(alpn: [String], store: TLSIdentityStore) {
        self.alpn = alpn
        protocols = alpn.map { Array($0.utf8) }
        self.store = store
    }

    /// The same certificates for another service. An empty list takes whatever the client offers without an answer.
    package func offering(alpn: [String]) -> TLSServerContext { TLSServerContext(alpn: alpn, store: store) }

    /// Reads the files again, or other files. On an error everything stays as it was; connections keep what they have.
    package func reload(identities: [TLSIdentity]? = nil) throws(TLSError) { try store.reload(identities) }

    /// New tickets under the first of these keys from now on; the tickets of all of them are taken. Sessions go on.
    package func rotate(to keys: TLSTicketKeys) { store.ticketKeys.rotate(to: keys) }

    /// What the operator should know though the certificates work: "expired", "not yet valid".
    package var warnings: [String] { store.current.warnings }

    /// The names served, as configured and as found in the certificates.
    package var serverNames: [String] { store.current.serverNames }

    /// Whether a certificate here is for this name, as a client would judge it.
    package func serves(_ name: String) -> Bool { store.current.context(for: name) != nil }

    var generation: TLSGeneration { store.current }

    /// Sessions are resumed only at the service that made them (OpenSSL's session id context, at most 32 octets).
    var sessionContext: [UInt8] { sha256(Array(alpn.joined(separator: ",").utf8)) }
}

/// The certificates of now, replaced as a whole.
private final class TLSIdentityStore: Sendable {
    let ticketKeys: TLSTicketKeyBox
    private let state: Mutex<(identities: [TLSIdentity], generation: TLSGeneration)>

    init(_ identities: [TLSIdentity], _ ticketKeys: TLSTicketKeys) throws(TLSError) {
        let box = TLSTicketKeyBox(ticketKeys)
        self.ticketKeys = box
        state = Mutex((identities, try TLSGeneration(identities: identities, ticketKeys: box)))
    }

    var current: TLSGeneration { state.withLock { $0.generation } }

    func reload(_ identities: [TLSIdentity]?) throws(TLSError) {
        let wanted = identities ?? state.withLock { $0.identities }
        let next = try TLSGeneration(identities: wanted, ticketKeys: ticketKeys)
        state.withLock { $0 = (wanted, next) }
    }
}
