/// One service that listens.
package enum Service: String, CaseIterable, Sendable {
    case smtp, submission, submissions, imap, imaps, pop3, pop3s, https

    package enum Security: String, Sendable { case starttls, implicit }

    package var standardPort: Int {
        switch self {
        case .smtp: 25
        case .submission: 587
        case .submissions: 465
        case .imap: 143
        case .imaps: 993
        case .pop3: 110
        case .pop3s: 995
        case .https: 443
        }
    }

    package var security: Security {
        switch self {
        case .submissions, .imaps, .pop3s, .https: .implicit
        case .smtp, .submission, .imap, .pop3: .starttls
        }
    }

    /// RFC 8314 §3: clear text with STARTTLS for reading mail only where the operator asks for it.
    /// The pages are opened by whoever wants them.
    var isStandard: Bool { self != .imap && self != .pop3 && self != .https }

    var sentence: String {
        switch self {
        case .smtp: "Incoming mail; STARTTLS, and after it login."
        case .submission: "Outgoing mail of our users; STARTTLS and login required."
        case .submissions: "Outgoing mail of our users, in TLS from the first byte (RFC 8314)."
        case .imap: "IMAP with STARTTLS."
        case .imaps: "IMAP in TLS from the first byte."
        case .pop3: "POP3 with STLS."
        case .pop3s: "POP3 in TLS from the first byte."
        case .https:
            "The pages where people set their mail password and see the settings, and what mail programs set themselves up with."
        }
    }
}

/// `[listen.SERVICE]`.
package struct ServiceSection: Sendable, Equatable {
    package var enabled: Bool
    package var addresses = ["*"]
    package var port: Int

    static func keys(_ service: Service) -> [ConfigurationKey<ServiceSection>] {
        [
            .init("enabled", \.enabled, .flag, service.sentence),
            .init(
                "addresses", \.addresses, .list("list of addresses", AddressText.listening),
                "IP addresses to listen on; \"*\" = every IPv4 and IPv6 address."),
            .init("port", \.port, .number(0...65_535), "The port; 0 = any free one (see mail-serve --ready-json)."),
        ]
    }
}

/// `[listen]`: one section per service.
package struct ListenSection: Sendable, Equatable {
    package var smtp = ListenSection.standard(.smtp)
    package var submission = ListenSection.standard(.submission)
    package var submissions = ListenSection.standard(.submissions)
    package var imap = ListenSection.standard(.imap)
    package var imaps = ListenSection.standard(.imaps)
    package var pop3 = ListenSection.standard(.pop3)
    package var pop3s = ListenSection.standard(.pop3s)
    package var https = ListenSection.standard(.https)

    private static func standard(_ service: Service) -> ServiceSection {
        ServiceSection(enabled: service.isStandard, port: service.standardPort)
    }

    static let keys: [ConfigurationKey<ListenSection>] = Service.allCases.flatMap { service in
        ServiceSection.keys(service).map { $0.below(service.rawValue, path(service)) }
    }

    package subscript(service: Service) -> ServiceSection { self[keyPath: Self.path(service)] }

    private static func path(_ service: Service) -> any WritableKeyPath<ListenSection, ServiceSection> & Sendable {
        switch service {
        case .smtp: \.smtp
        case .submission: \.submission
        case .submissions: \.submissions
        case .imap: \.imap
        case .imaps: \.imaps
        case .pop3: \.pop3
        case .pop3s: \.pop3s
        case .https: \.https
        }
    }
}
