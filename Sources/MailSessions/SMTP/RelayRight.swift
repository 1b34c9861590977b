import MailNetwork
import MailStore
import MailTransport

/// Why a client may send to other places; nobody else may (RFC 5321 §3.6.2).
enum RelayRight: Sendable {
    /// Logged in.
    case account(AccountEntry)
    /// From a host of a trusted network.
    case network
}

extension SMTPSession {
    /// Nil: mail for our own people alone.
    var relayRight: RelayRight? {
        if let account = state.account { return .account(account) }
        let isTrusted = policy.trustedNetworks.contains { $0.contains(connection.peer.ip) }
        return isTrusted ? .network : nil
    }
}
