/// What a mail program wants of a server.
package enum Service: String, Sendable, CaseIterable {
    case imap, pop3, submission, smtp

    /// As sentences name it.
    package var label: String {
        switch self {
        case .imap: "IMAP"
        case .pop3: "POP3"
        case .submission: "submission"
        case .smtp: "SMTP"
        }
    }

    /// Submission and SMTP speak alike; what differs is who may use them.
    package var language: SpokenLanguage {
        switch self {
        case .imap: .imap
        case .pop3: .pop3
        case .submission, .smtp: .smtp
        }
    }

    package var isIncoming: Bool { self == .imap || self == .pop3 }
}

/// How encryption begins.
package enum Security: String, Sendable, CaseIterable {
    /// With the first byte.
    case tls
    /// By a command in the clear.
    case starttls
    /// Never: what a user may have typed; nothing is ever logged in so.
    case none
}

/// One door of a server, as a mail program is told of it.
package struct Endpoint: Sendable, Hashable {
    package var service: Service
    package var security: Security
    package var host: String
    package var port: UInt16
    /// Nobody promised it: when it is not there, that is no fault.
    package var isOptional = false
    /// The domain whose records alone lead here, out of it: whoever writes DNS answers may have meant it for passwords, and a
    /// certificate that is right for the host proves nothing (RFC 6186 §6).
    package var announcer: String?

    package init(
        _ service: Service, _ security: Security, _ host: String, port: UInt16? = nil, isOptional: Bool = false
    ) {
        self.service = service
        self.security = security
        self.host = host
        self.port = port ?? Self.usualPort(service, security)
        self.isOptional = isOptional
    }

    package static func usualPort(_ service: Service, _ security: Security) -> UInt16 {
        switch (service, security) {
        case (.imap, .tls): 993
        case (.imap, _): 143
        case (.pop3, .tls): 995
        case (.pop3, _): 110
        case (.submission, .tls): 465
        case (.submission, _): 587
        case (.smtp, _): 25
        }
    }

    /// `imaps://imap.uni.example:993`
    package var url: String {
        let place = host.contains(":") ? "[\(host)]" : host
        return "\(scheme)://\(place):\(port)"
    }

    private var scheme: String {
        switch (service, security) {
        case (.imap, .tls): "imaps"
        case (.imap, .starttls): "imap+tls"
        case (.imap, .none): "imap"
        case (.pop3, .tls): "pop3s"
        case (.pop3, .starttls): "pop3+tls"
        case (.pop3, .none): "pop3"
        case (.submission, .tls): "submissions"
        case (.submission, _): "submission"
        case (.smtp, _): "smtp"
        }
    }
}
