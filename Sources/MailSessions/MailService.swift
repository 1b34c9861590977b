package import MailTransport

/// The seven services, by the names IANA and the configuration call them.
package enum MailService: String, CaseIterable, Sendable {
    case smtp, submission, submissions, imap, imaps, pop3, pop3s

    package var security: ListenerPlan.Security {
        switch self {
        case .smtp, .submission, .imap, .pop3: .starttls
        case .submissions, .imaps, .pop3s: .implicit
        }
    }

    /// RFC 7301's registered names; SMTP has none.
    var alpn: [String] {
        switch self {
        case .smtp, .submission, .submissions: []
        case .imap, .imaps: ["imap"]
        case .pop3, .pop3s: ["pop3"]
        }
    }

    /// The last words for a connection over a limit, in the protocol's own form.
    func refusal(_ host: String, _ reason: Refusal) -> String {
        let text =
            switch reason {
            case .tooManyFromAddress: "Too many connections from your address"
            case .tooManyFromNetwork: "Too many connections from your network"
            case .tooManyConnections: "Too many connections"
            }
        return switch self {
        case .smtp, .submission, .submissions: "421 4.7.0 \(host) \(text), try again later\r\n"
        case .imap, .imaps: "* BYE [UNAVAILABLE] \(text), try again later\r\n"
        case .pop3, .pop3s: "-ERR [SYS/TEMP] \(text), try again later\r\n"
        }
    }
}
