import MailNetwork
package import MailTransport

/// The eight services, by the names IANA and the configuration call them.
package enum MailService: String, CaseIterable, Sendable {
    case smtp, submission, submissions, imap, imaps, pop3, pop3s, https

    package var security: ListenerPlan.Security {
        switch self {
        case .smtp, .submission, .imap, .pop3: .starttls
        case .submissions, .imaps, .pop3s, .https: .implicit
        }
    }

    /// RFC 7301's registered names; SMTP has none.
    var alpn: [String] {
        switch self {
        case .smtp, .submission, .submissions: []
        case .imap, .imaps: ["imap"]
        case .pop3, .pop3s: ["pop3"]
        case .https: ["http/1.1"]
        }
    }

    /// Nothing that trying again would help with.
    private func blockedWords(_ host: String) -> String {
        let text = "Your address is blocked, ask your administrator"
        return switch self {
        case .smtp, .submission, .submissions: "554 5.7.1 \(host) \(text)\r\n"
        case .imap, .imaps: "* BYE [CONTACTADMIN] \(text)\r\n"
        case .pop3, .pop3s: "-ERR \(text)\r\n"
        case .https: Self.page("403 Forbidden", text)
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
        case .https: Self.page("503 Service Unavailable", "\(text), try again later")
        }
    }

    private static func page(_ status: String, _ text: String) -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: text/plain\r\nContent-Length: \(text.utf8.count + 2)\r\nConnection: close\r\n\r\n"
            + "\(text)\r\n"
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
