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

    /// Why somebody did not come in: the words of the other protocols, which fail2ban waits for, and some of the pages' own.
    package enum Reason: String, Sendable {
        case wrong = "badpw"
        case former = "oldpw"
        case noPassword = "nopassword"
        case locked, suspended, unavailable
        /// Right, and not let in by this way.
        case refused = "off"
        /// Right in the organisation, and unknown here.
        case noAccount = "noaccount"
        /// The provider said no, or its word was not believed.
        case provider
    }

    package let kind: Kind
    package let peer: PeerAddress
    package let user: String?
    package let reason: Reason?
    package let cause: String?
    /// How somebody logged in.
    package let way: LoginWay?

    init(
        _ kind: Kind, _ visit: Visit, user: String? = nil, reason: Reason? = nil, cause: String? = nil,
        way: LoginWay? = nil
    ) {
        self.kind = kind
        peer = visit.caller.peer
        self.user = user ?? visit.person?.entry.address.description
        self.reason = reason
        self.cause = cause
        self.way = way
    }
}
