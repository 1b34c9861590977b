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

    /// Nothing that trying again would help with.
    private func blockedWords(_ host: String) -> String {
        let text = "Your address is blocked, ask your administrator"
        return switch self {
        case .smtp, .submission, .submissions: "554 5.7.1 \(host) \(text)\r\n"
        case .imap, .imaps: "* BYE [CONTACTADMIN] \(text)\r\n"
        case .pop3, .pop3s: "-ERR \(text)\r\n"
        }
    }

    /// The last words for a connection over a limit, in the protocol's own form.
    func refusal(_ host: String, _ reason: Refusal) -> String {
        let (text, code) = reason.words
        if reason == .blocked { return blockedWords(host) }
        return switch self {
        case .smtp, .submission, .submissions: "421 \(code) \(host) \(text), try again later\r\n"
        case .imap, .imaps: "* BYE [UNAVAILABLE] \(text), try again later\r\n"
        case .pop3, .pop3s: "-ERR [SYS/TEMP] \(text), try again later\r\n"
        }
    }
}

extension Refusal {
    /// RFC 3463: 4.7.0 is about who asks, 4.3.2 about a system that takes nothing now.
    fileprivate var words: (text: String, code: String) {
        switch self {
        case .tooManyFromAddress: ("Too many connections from your address", "4.7.0")
        case .tooManyFromNetwork: ("Too many connections from your network", "4.7.0")
        case .tooFastFromAddress: ("Too many connections from your address in a short time", "4.7.0")
        case .tooManyConnections: ("Too many connections", "4.3.2")
        case .blocked: ("Your address is blocked", "5.7.1")
        case .overloaded: ("The server is overloaded", "4.3.2")
        }
    }
}
