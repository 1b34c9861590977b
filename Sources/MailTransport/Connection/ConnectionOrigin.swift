package import MailNetwork

/// Which connection, from where to where: what can be said of one before anybody has spoken.
package struct ConnectionOrigin: Sendable, Hashable {
    package let id: ConnectionID
    package let service: String
    /// The client; behind a proxy that tells, the one it speaks for.
    package let peer: PeerAddress
    package let local: PeerAddress
    /// Who brought the client, by the PROXY protocol.
    package let proxy: PeerAddress?

    package init(
        id: ConnectionID, service: String, peer: PeerAddress, local: PeerAddress, proxy: PeerAddress? = nil
    ) {
        self.id = id
        self.service = service
        self.peer = peer
        self.local = local
        self.proxy = proxy
    }
}

extension Connection {
    package var origin: ConnectionOrigin {
        ConnectionOrigin(id: id, service: service, peer: peer, local: local, proxy: state.proxy)
    }
}
