internal import MailMessage

/// `key=value`, tabs between them; what is unknown is left out.
extension ConnectionAttempt {
    package var line: String {
        let fields = [
            ("id", id), ("at", String(at)), ("service", service), ("port", String(port)), ("peer", peer),
            ("peer_port", String(peerPort)), ("proxy", proxy), ("client", client), ("misstep", misstep?.rawValue),
            ("login", login.result), ("mechanism", login.mechanism),
        ]
        return PresenceFields.line(fields + tls.fields + (probe?.fields ?? []) + (end?.fields ?? []))
    }

    init?(line: Substring) {
        let fields = PresenceFields(line)
        guard let id = fields["id"], let at = fields["at"].flatMap(EpochSeconds.init), let service = fields["service"],
            let port = fields.number("port"), let peer = fields["peer"], let peerPort = fields.number("peer_port")
        else { return nil }
        self.init(
            id: id, at: at, service: service, port: port, peer: peer, peerPort: peerPort, proxy: fields["proxy"])
        (client, misstep) = (fields["client"], fields["misstep"].flatMap(Misstep.init))
        login = AttemptLogin(result: fields["login"], mechanism: fields["mechanism"])
        (tls, probe, end) = (AttemptTLS(fields), ProbeClaim(fields), AttemptEnd(fields))
    }
}

extension AttemptTLS {
    fileprivate var fields: [(String, String?)] {
        [
            ("tls", version), ("cipher", cipher), ("sni", serverName), ("served", isServed.map(String.init)),
            ("alpn", alpn), ("offered", offered),
        ]
    }

    fileprivate init(_ fields: PresenceFields) {
        (version, cipher, serverName) = (fields["tls"], fields["cipher"], fields["sni"])
        (isServed, alpn, offered) = (fields["served"].flatMap(Bool.init), fields["alpn"], fields["offered"])
    }
}

extension ProbeClaim {
    fileprivate var fields: [(String, String?)] {
        [
            ("token", token.description), ("told_address", address), ("told_tls", tls),
            ("told_certificate", certificate), ("shown_certificate", shownCertificate),
        ]
    }

    fileprivate init?(_ fields: PresenceFields) {
        guard let token = fields["token"].flatMap({ ProbeToken($0) }) else { return nil }
        self.init(token: token)
        (address, tls) = (fields["told_address"], fields["told_tls"])
        (certificate, shownCertificate) = (fields["told_certificate"], fields["shown_certificate"])
    }
}

extension AttemptEnd {
    fileprivate var fields: [(String, String?)] {
        [
            ("end", kind), ("reason", reason), ("detail", detail), ("alert", alert.map(String.init)),
            ("command", command), ("commands", String(commands)), ("seconds", String(seconds)),
            ("repeats", String(repeats)),
        ]
    }

    fileprivate init?(_ fields: PresenceFields) {
        guard let kind = fields["end"] else { return nil }
        self.init(kind, reason: fields["reason"])
        (detail, alert, command) = (fields["detail"], fields.number("alert"), fields["command"])
        commands = fields.number("commands") ?? 0
        seconds = fields.number("seconds") ?? 0
        repeats = fields.number("repeats") ?? 0
    }
}

/// Named texts of one line. A worker of another version may know others: they are no error.
struct PresenceFields {
    private var values: [Substring: String] = [:]

    init(_ line: Substring) {
        for field in line.split(separator: "\t") {
            guard let sign = field.firstIndex(of: "=") else { continue }
            values[field[..<sign]] = PresenceText.plain(field[field.index(after: sign)...])
        }
    }

    subscript(_ name: String) -> String? { values[name[...]] }

    func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

    static func line(_ fields: [(String, String?)]) -> String {
        fields.compactMap { name, value in value.map { "\(name)=\(PresenceText.escaped($0))" } }
            .joined(separator: "\t")
    }
}
