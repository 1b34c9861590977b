import MailMessage
package import MailStore

/// What a person types into a mail program.
package struct ClientSettings: Sendable, Equatable {
    package struct Server: Sendable, Equatable {
        package let purpose: String
        package let kind: String
        package let host: String
        package let port: Int
        package let security: String
    }

    /// One listener of the configuration, as far as clients care.
    package struct Offer: Sendable, Equatable {
        package enum Kind: String, Sendable { case imap = "IMAP", pop3 = "POP3", smtp = "SMTP" }
        package let kind: Kind
        package let port: Int
        package let isImplicit: Bool

        package init(kind: Kind, port: Int, isImplicit: Bool) {
            self.kind = kind
            self.port = port
            self.isImplicit = isImplicit
        }
    }

    package let servers: [Server]
    package let userName: String
    package let address: String

    /// `offers` in the order of recommendation; the short id is the user name when there is one.
    package init(_ entry: AccountEntry, host: String, offers: [Offer]) {
        servers = offers.map { offer in
            Server(
                purpose: offer.kind == .smtp ? "Outgoing" : "Incoming", kind: offer.kind.rawValue, host: host,
                port: offer.port,
                security: offer.isImplicit ? "SSL/TLS" : "STARTTLS")
        }
        userName = entry.login.text
        address = entry.address.description
    }

    package var text: String {
        let rows = servers.map {
            ["\($0.purpose) \($0.kind)", $0.host, String($0.port), $0.security, "Normal password"]
        }
        let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
        var result = ""
        for (row, server) in zip(rows, servers) {
            var line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(
                separator: "  ")
            if server.kind == "IMAP" { line += "  path prefix: (leave empty)" }
            while line.last == " " { line.removeLast() }
            result += line + "\n"
        }
        return result + "User name: \(userName)\nPassword:  the mail password\n"
    }
}
