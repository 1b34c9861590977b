import MailMessage
package import MailStore

/// What a mail program has to be told: of one account, or of everybody's.
package struct ClientSettings: Sendable, Equatable {
    package struct Server: Sendable, Equatable {
        package let kind: Offer.Kind
        package let host: String
        package let port: Int
        package let isImplicit: Bool

        var purpose: String { kind == .smtp ? "Outgoing" : "Incoming" }
        package var security: String { isImplicit ? "SSL/TLS" : "STARTTLS" }
    }

    /// One listener of the configuration, as far as clients care.
    package struct Offer: Sendable, Equatable {
        package enum Kind: String, Sendable { case imap = "IMAP", pop3 = "POP3", smtp = "SMTP" }
        package let kind: Kind
        package let port: Int
        package let isImplicit: Bool

        /// The services that clients use, the documented ones first: IMAP, POP3, submission.
        package static let ordered: [(service: String, kind: Kind)] = [
            ("imaps", .imap), ("imap", .imap), ("pop3s", .pop3), ("pop3", .pop3), ("submission", .smtp),
            ("submissions", .smtp),
        ]

        package init(kind: Kind, port: Int, isImplicit: Bool) {
            self.kind = kind
            self.port = port
            self.isImplicit = isImplicit
        }
    }

    package let servers: [Server]
    /// nil: the settings are for everybody.
    package let person: Person?
    package let domains: [String]

    package struct Person: Sendable, Equatable {
        package let address: String
        package let userName: String
        package let name: String
    }

    /// `offers` in the order of recommendation; the short id is the user name when there is one. What is switched off for the
    /// account is left out.
    package init(_ entry: AccountEntry, features: [FeatureLine] = [], host: String, offers: [Offer]) {
        let off = Set(features.filter { $0.isOn == false }.map(\.feature))
        servers = Self.servers(offers.filter { $0.kind.feature.map { !off.contains($0) } ?? true }, host)
        person = Person(address: entry.address.description, userName: entry.login.text, name: entry.name)
        domains = [entry.address.domain]
    }

    /// For whoever has an address in one of the domains.
    package init(domains: [String], host: String, offers: [Offer]) {
        servers = Self.servers(offers, host)
        person = nil
        self.domains = domains
    }

    private static func servers(_ offers: [Offer], _ host: String) -> [Server] {
        offers.map { Server(kind: $0.kind, host: host, port: $0.port, isImplicit: $0.isImplicit) }
    }

    /// The first of its kind is the recommended one.
    func best(_ kind: Offer.Kind) -> Server? { servers.first { $0.kind == kind } }
}

extension ClientSettings.Offer.Kind {
    fileprivate var feature: Feature? {
        switch self {
        case .imap: .imap
        case .pop3: .pop
        case .smtp: nil
        }
    }
}
