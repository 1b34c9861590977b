/// Thunderbird's config-v1.1.xml: what many mail programs fetch to set themselves up.
enum Autoconfig {
    /// Where it is looked for, in this order.
    static func places(_ domain: String, address: String?) -> [String] {
        let query = address.map { "?emailaddress=" + $0.replacing("@", with: "%40") } ?? ""
        return [
            "https://autoconfig.\(domain)/mail/config-v1.1.xml\(query)",
            "https://\(domain)/.well-known/autoconfig/mail/config-v1.1.xml\(query)",
        ]
    }

    /// nil: it is no such file, or names no server.
    static func settings(_ bytes: [UInt8], domain: String, place: String) -> DocumentedSettings? {
        var settings = DocumentedSettings()
        var server: [String: String]?
        var element = ""
        for event in XMLScanner.events(in: String(decoding: bytes, as: UTF8.self)) {
            switch event {
            case .open(let name, let attributes):
                if name == "incomingServer" || name == "outgoingServer" { server = ["type": attributes["type"] ?? ""] }
                element = name
            case .text(let text): server?[element] = text
            case .close("incomingServer"), .close("outgoingServer"):
                if let server { settings.add(server, domain: domain) }
                server = nil
            case .close: element = ""
            }
        }
        settings.source = .autoconfig(place)
        return settings.endpoints.isEmpty ? nil : settings
    }
}

extension DocumentedSettings {
    fileprivate mutating func add(_ server: [String: String], domain: String) {
        let kinds: [String: Service] = ["imap": .imap, "pop3": .pop3, "smtp": .submission]
        let securities: [String: Security] = ["SSL": .tls, "STARTTLS": .starttls, "plain": .none]
        guard let service = kinds[server["type"]?.lowercased() ?? ""],
            let host = server["hostname"].map({ $0.replacing("%EMAILDOMAIN%", with: domain) }).flatMap(Target.hostName),
            let security = securities[server["socketType"] ?? ""]
        else { return }
        let port = server["port"].flatMap { UInt16($0) }
        endpoints.append(Endpoint(service, security, host, port: port))
        switch server["username"] {
        case "%EMAILADDRESS%": userForm = userForm ?? .wholeAddress
        case "%EMAILLOCALPART%": userForm = userForm ?? .localPart
        default: break
        }
    }
}
