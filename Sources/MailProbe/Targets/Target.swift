internal import MailMessage
internal import MailNetwork
package import MailTool

/// What the user asked to have looked at.
package enum Target: Sendable, Equatable {
    /// A person's address: everything that a client of that address needs.
    case address(String, domain: String)
    /// A domain or a host: names tell which.
    case name(String)
    case endpoint(Endpoint)

    /// `anna@uni.example`, `uni.example`, `imaps://imap.uni.example:993`. The failure names the nearest right thing.
    package init(_ text: String) throws(ToolError) {
        if let mark = text.firstRange(of: "://") {
            self = .endpoint(try Self.endpoint(scheme: text[..<mark.lowerBound], rest: text[mark.upperBound...]))
        } else if text.contains("@") {
            self = .address(text, domain: try Self.domain(of: text))
        } else {
            self = .name(try Self.host(text))
        }
    }

    /// As DNS has it. What is announced for mail programs is announced by domains.
    private static func domain(of text: String) throws(ToolError) -> String {
        guard let address = EmailAddress(text) else {
            throw .usage("\"\(Printable.oneLine(text))\" is no mail address")
        }
        guard !address.isAddressLiteral else {
            throw .usage(
                "\"\(Printable.oneLine(text))\" has no domain",
                hint: "name the server itself, such as imaps://192.0.2.1")
        }
        return address.domainKey
    }

    private static let schemes: [(name: String, service: Service, security: Security)] = [
        ("imaps", .imap, .tls), ("imap+tls", .imap, .starttls), ("pop3s", .pop3, .tls), ("pop3+tls", .pop3, .starttls),
        ("submission", .submission, .starttls), ("submissions", .submission, .tls), ("smtp", .smtp, .starttls),
    ]

    private static func endpoint(scheme: Substring, rest: Substring) throws(ToolError) -> Endpoint {
        guard let known = schemes.first(where: { $0.name == scheme.lowercased() }) else {
            let near = Suggestion.nearest(to: scheme.lowercased(), in: schemes.map(\.name))
            throw .usage(
                "no scheme \"\(Printable.oneLine(String(scheme)))\"" + (near.map { " (did you mean \($0)?)" } ?? ""),
                hint: "schemes: \(schemes.map { $0.name }.joined(separator: ", "))")
        }
        guard !rest.contains("@") else {
            throw .usage(
                "a URL takes no user name and no password",
                hint: "use --login USER; change a password that was shown here")
        }
        let place = rest.hasSuffix("/") ? rest.dropLast() : rest
        let (host, port) = split(place)
        let endpoint = Endpoint(known.service, known.security, try Self.host(String(host)))
        guard let port else { return endpoint }
        return Endpoint(known.service, known.security, endpoint.host, port: try number(port, usually: endpoint.port))
    }

    /// `[::1]:993`, `host:993`, `host`, `::1`.
    private static func split(_ place: Substring) -> (host: Substring, port: Substring?) {
        if place.hasPrefix("["), let end = place.firstIndex(of: "]") {
            let behind = place[end...].dropFirst()
            return (place[..<end].dropFirst(), behind.hasPrefix(":") ? behind.dropFirst() : nil)
        }
        guard let colon = place.lastIndex(of: ":"), place.firstIndex(of: ":") == colon else { return (place, nil) }
        return (place[..<colon], place[colon...].dropFirst())
    }

    private static func number(_ text: Substring, usually usual: UInt16) throws(ToolError) -> UInt16 {
        guard let number = UInt16(text), number > 0 else {
            throw .usage(
                "\"\(Printable.oneLine(String(text)))\" is no port: write a number from 1 to 65535 (usually \(usual))")
        }
        return number
    }

    private static func host(_ text: String) throws(ToolError) -> String {
        guard let host = hostName(text) else {
            throw .usage("\"\(Printable.oneLine(text))\" is neither a host name nor an address")
        }
        return host
    }

    /// A name or an address, in lower case.
    static func hostName(_ text: String) -> String? {
        if let address = IPAddress(text) { return address.description }
        return DomainName.toASCII(text.hasSuffix(".") ? String(text.dropLast()) : text)
    }
}
