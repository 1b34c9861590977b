import MailMessage
package import MailNetwork
import MailStore

/// Something for the log: who did what. Never a password, a token or a form's text.
package struct WebEvent: Sendable {
    package enum Kind: String, Sendable {
        case login, loginFailed = "auth_fail", logout
        case passwordSet = "password_set", passwordRemoved = "password_removed"
        case forged = "foreign_form"
        /// Nobody could say who somebody is in the organisation.
        case identityUnavailable = "identity_unavailable"
        case failed
    }

    package let kind: Kind
    package let peer: PeerAddress
    package let user: String?
    package let cause: String?
    /// How somebody logged in.
    package let way: LoginWay?

    init(_ kind: Kind, _ visit: Visit, user: String? = nil, cause: String? = nil, way: LoginWay? = nil) {
        self.kind = kind
        peer = visit.caller.peer
        self.user = user ?? visit.person?.entry.address.description
        self.cause = cause
        self.way = way
    }
}
