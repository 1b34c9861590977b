import MailAdmin
import MailMessage
import MailStore
import MailWire

/// Files that programs fetch before anybody has logged in: nothing in them tells who exists.
enum SetupFile {
    /// Programs in browsers fetch them from everywhere; there is nothing secret in them.
    static func response(_ type: String, _ text: String) -> HTTPResponse {
        var response = HTTPResponse(.ok, type: type, body: Array(text.utf8))
        response.fields.add("Access-Control-Allow-Origin", "*")
        response.fields.add("Cross-Origin-Resource-Policy", "cross-origin")
        return response
    }

    static let xml = "text/xml; charset=utf-8"
    static let json = "application/json"
    static let plain = "text/plain; charset=utf-8"
}

extension WebSettings {
    /// As `mailctl settings DOMAIN` has them.
    func client(of domain: MailDomain) -> ClientSettings {
        ClientSettings(domains: [domain.name], host: hostName, offers: offers)
    }
}

extension Visit {
    /// Whose settings are asked for: of the address's domain where one is named, else of the domain whose host was asked,
    /// `autoconfig.example.org` or the domain itself.
    func domain(of address: String?, below label: String) async throws -> MailDomain {
        guard let address, !address.isEmpty else { return try await domain(below: label) }
        guard let domain = EmailAddress(address).flatMap({ MailDomain($0) }) else { throw WebError.notFound }
        return try await known(domain)
    }

    private func domain(below label: String) async throws -> MailDomain {
        let host = request.head.host ?? ""
        let name = host.hasPrefix(label + ".") ? String(host.dropFirst(label.utf8.count + 1)) : host
        guard let domain = MailDomain(name) else { throw WebError.notFound }
        return try await known(domain)
    }

    /// The host of that label alone, where a standard names it.
    func domain(strictlyBelow label: String) async throws -> MailDomain {
        guard request.head.host?.hasPrefix(label + ".") == true else { throw WebError.notFound }
        return try await domain(below: label)
    }

    private func known(_ domain: MailDomain) async throws -> MailDomain {
        guard try await site.store.directory.isOurs(domain) else { throw WebError.notFound }
        return domain
    }
}
