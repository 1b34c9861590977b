internal import MailMessage

/// Where a domain wants reports about TLS (RFC 8460 §3).
struct TLSReportAddress: Sendable, Equatable {
    static let most = 5
    private static let longestPath = 1_024

    /// By HTTPS, on its own port: another one would let a stranger's record choose whom this server talks to.
    struct WebPlace: Sendable, Equatable {
        let host: String
        let path: String
        var description: String { "https://\(host)\(path)" }
    }

    private(set) var mail: [String] = []
    private(set) var web: [WebPlace] = []

    var isEmpty: Bool { mail.isEmpty && web.isEmpty }

    /// What the texts of `_smtp._tls.DOMAIN` name; empty without a record, and with two.
    init(_ texts: [String]) {
        let own = texts.filter { text in
            text.hasPrefix("v=TLSRPTv1") && (text.dropFirst(10).first.map { $0 == ";" || $0 == " " } ?? true)
        }
        guard own.count == 1, let text = own.first else { return }
        for field in text.split(separator: ";").dropFirst() {
            let parts = field.split(separator: "=", maxSplits: 1).map(Self.trimmed)
            guard parts.count == 2, parts[0] == "rua" else { continue }
            for uri in parts[1].split(separator: ",").map(Self.trimmed) {
                if mail.count < Self.most, let address = Self.address(uri) { mail.append(address) }
                if web.count < Self.most, let place = Self.place(uri) { web.append(place) }
            }
            return
        }
    }

    /// mailto:address, without the fields that RFC 6068 allows behind it. An escaped address is not for us.
    private static func address(_ uri: String) -> String? {
        guard uri.lowercased().hasPrefix("mailto:") else { return nil }
        let text = String(uri.dropFirst(7).prefix { $0 != "?" && $0 != "!" })
        guard !text.contains("%"), let address = EmailAddress(text) else { return nil }
        return address.description
    }

    /// https://host/path, of characters that an address of the web is made of (RFC 3986 §2).
    private static func place(_ uri: String) -> WebPlace? {
        guard uri.lowercased().hasPrefix("https://"), uri.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != 0x22 })
        else { return nil }
        let rest = uri.dropFirst(8).prefix { $0 != "#" }
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest.dropFirst(host.count)
        guard let host = DomainName.key(of: String(host)), !host.hasPrefix("["), path.utf8.count <= longestPath else {
            return nil
        }
        return WebPlace(host: host, path: path.hasPrefix("/") ? String(path) : "/" + path)
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var rest = Substring(text)
        while let last = rest.last, last == " " || last == "\t" { rest = rest.dropLast() }
        return String(rest.drop { $0 == " " || $0 == "\t" })
    }
}
