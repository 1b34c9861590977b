/// What a client got wrong, where its settings are to blame and not its luck.
package enum Misstep: String, CaseIterable, Sendable {
    /// It speaks TLS where plain text comes first: set to SSL/TLS, and the port wants STARTTLS.
    case tlsHello = "tls_hello"
    case http, ssh
    /// A password without TLS: set to no encryption.
    case loginWithoutTLS = "login_without_tls"
    case mailWithoutTLS = "mail_without_tls"
    case mailWithoutLogin = "mail_without_login"
    /// Mail to elsewhere without a login.
    case relay
    /// A sender address that is not one of the account's.
    case sender
    /// A way to log in that is not offered.
    case mechanism
    case tooManySessions = "too_many_sessions"
}
