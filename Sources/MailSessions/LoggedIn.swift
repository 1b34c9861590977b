import MailIdentity
import MailMessage
import MailNetwork
import MailStore
import MailTransport

/// One session of somebody who has logged in: what lists of sessions say of it.
struct LoggedIn: Sendable {
    static let longestClient = 100

    weak var connection: Connection?
    let id: ConnectionID
    let account: AccountID
    let address: EmailAddress
    let service: LoginOrigin.Service
    let peer: PeerAddress
    /// The app password that let it in; nil: the mail password.
    let appPassword: AppPasswordHandle?
    let since: EpochSeconds
    let tls: String?
    /// A digest of the hash whose password let it in; nil until it has been read.
    var hash: [UInt8]?
    /// What an IMAP client calls itself (RFC 2971).
    var client: String?

    /// On the connection's event loop.
    init(_ connection: Connection, _ admission: Admission, _ service: LoginOrigin.Service) {
        self.connection = connection
        id = connection.id
        account = admission.entry.id
        address = admission.entry.address
        self.service = service
        peer = connection.peer
        appPassword = admission.appPassword
        since = systemClock()
        tls = connection.tls?.version
    }
}
