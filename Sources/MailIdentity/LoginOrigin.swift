package import MailNetwork

/// Where an attempt to log in comes from: for limits and for the log.
package struct LoginOrigin: Sendable {
    package enum Service: String, Sendable { case smtp, submission, imap, pop3, web, tool }

    package let peer: PeerAddress
    package let service: Service

    package init(peer: PeerAddress, service: Service) {
        self.peer = peer
        self.service = service
    }
}
