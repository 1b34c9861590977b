package import MailTool

/// What a user typed into a mail program.
package struct ClientSettings: Sendable, Equatable {
    package var email: String?
    package var incoming: Side?
    package var outgoing: Side?
    package var prefix: String?
    package var usesSamePassword: Bool?

    /// One server's fields.
    package struct Side: Sendable, Equatable {
        package var service: Service
        package var host: String
        package var port: UInt16?
        package var security: Security
        package var authentication: AuthenticationChoice?
        package var userName: String?

        package var endpoint: Endpoint { Endpoint(service, security, host, port: port) }
    }

    package init() {}

    func authentication(for service: Service) -> AuthenticationChoice? {
        (service.isIncoming ? incoming : outgoing)?.authentication
    }

    package var userName: String? { incoming?.userName ?? outgoing?.userName }

    private static let longest = 65_536
    /// What some editors put before UTF-8.
    private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

    /// `key=value` lines, `#` comments, or one flat JSON object. Errors name the line and the nearest right word.
    package init(_ bytes: [UInt8]) throws(ToolError) {
        guard bytes.count <= Self.longest else { throw .data("the settings are longer than \(Self.longest) bytes") }
        let bytes = bytes.starts(with: Self.byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
        let first = bytes.first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }
        self.init()
        try apply(
            SettingFields(first == UInt8(ascii: "{") ? try SettingFields.json(bytes) : try SettingFields.lines(bytes)))
    }

    private mutating func apply(_ fields: SettingFields) throws(ToolError) {
        email = fields["email"]
        prefix = fields["prefix"]
        usesSamePassword = try fields.flag("same_password")
        if let host = try fields.host("host") {
            let service =
                try fields.choice("protocol", [("imap", Service.imap), ("pop3", .pop3), ("pop", .pop3)]) ?? .imap
            incoming = Side(
                service: service, host: host, port: try fields.port("port"),
                security: try fields.security("security") ?? .tls,
                authentication: try fields.authentication("auth"), userName: fields["username"])
        }
        if let host = try fields.host("smtp_host") {
            let port = try fields.port("smtp_port")
            outgoing = Side(
                service: .submission, host: host, port: port,
                security: try fields.security("smtp_security") ?? (port == 465 ? .tls : .starttls),
                authentication: try fields.authentication("smtp_auth"),
                userName: fields["smtp_username"] ?? fields["username"])
        }
        guard incoming != nil || outgoing != nil else {
            throw .data("the settings name no server", hint: "write at least host= or smtp_host=")
        }
    }
}

/// The fields as they were written, known by name.
struct SettingFields {
    static let names = [
        "protocol", "host", "port", "security", "auth", "username", "prefix", "same_password", "email", "smtp_host",
        "smtp_port",
        "smtp_security", "smtp_auth", "smtp_username",
    ]

    private var values: [String: (text: String, place: String)] = [:]

    init(_ pairs: [(name: String, text: String, place: String)]) throws(ToolError) {
        for (name, text, place) in pairs {
            if name == "password" { throw .data("\(place): take the password out; --login asks for it") }
            guard Self.names.contains(name) else {
                let near = Suggestion.nearest(to: name, in: Self.names).map { " (did you mean \($0)?)" } ?? ""
                throw .data("\(place): no setting \"\(Printable.oneLine(name))\"" + near)
            }
            values[name] = (text, place)
        }
    }

    static func lines(_ bytes: [UInt8]) throws(ToolError) -> [(name: String, text: String, place: String)] {
        var pairs: [(name: String, text: String, place: String)] = []
        let text = String(decoding: bytes, as: UTF8.self)
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmed
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            guard let mark = line.firstIndex(of: "=") else { throw .data("line \(number + 1): write key=value") }
            pairs.append((line[..<mark].trimmed.lowercased(), line[mark...].dropFirst().trimmed, "line \(number + 1)"))
        }
        return pairs
    }

    static func json(_ bytes: [UInt8]) throws(ToolError) -> [(name: String, text: String, place: String)] {
        let value: JSONValue
        do { value = try JSONParser.parse(bytes) } catch { throw .data("byte \(error.offset): \(error.message)") }
        guard case .object(let pairs) = value else { throw .data("the settings are one flat JSON object") }
        var all: [(name: String, text: String, place: String)] = []
        for (name, value) in pairs {
            switch value {
            case .text(let text): all.append((name, text, name))
            case .integer(let number): all.append((name, String(number), name))
            case .number(let text): all.append((name, text, name))
            case .flag(let flag): all.append((name, flag ? "yes" : "no", name))
            case .null: continue
            case .list, .object: throw .data("\(Printable.oneLine(name)): a text or a number, not a list")
            }
        }
        return all
    }

    subscript(name: String) -> String? { values[name]?.text }

    func choice<T>(_ name: String, _ known: [(word: String, value: T)]) throws(ToolError) -> T? {
        guard let (text, place) = values[name] else { return nil }
        if let found = known.first(where: { $0.word == text.lowercased() }) { return found.value }
        let words = known.map(\.word)
        let near = Suggestion.nearest(to: text.lowercased(), in: words).map { " (did you mean \($0)?)" } ?? ""
        throw .data("\(place): \(name) is \(words.joined(separator: ", ")), not \"\(Printable.oneLine(text))\"" + near)
    }

    func security(_ name: String) throws(ToolError) -> Security? {
        try choice(name, [("ssl", .tls), ("tls", .tls), ("ssl/tls", .tls), ("starttls", .starttls), ("none", .none)])
    }

    func authentication(_ name: String) throws(ToolError) -> AuthenticationChoice? {
        try choice(name, AuthenticationChoice.allCases.map { ($0.rawValue, $0) })
    }

    func flag(_ name: String) throws(ToolError) -> Bool? { try choice(name, [("yes", true), ("no", false)]) }

    func port(_ name: String) throws(ToolError) -> UInt16? {
        guard let (text, place) = values[name] else { return nil }
        guard let port = UInt16(text), port > 0 else {
            throw .data("\(place): \(name) is a number from 1 to 65535, not \"\(Printable.oneLine(text))\"")
        }
        return port
    }

    func host(_ name: String) throws(ToolError) -> String? {
        guard let (text, place) = values[name] else { return nil }
        guard let host = Target.hostName(text) else {
            throw .data("\(place): \"\(Printable.oneLine(text))\" is no host name")
        }
        return host
    }
}
