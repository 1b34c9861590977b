/// How a mail program calls what has to be typed into it.
package enum ClientProgram: String, CaseIterable, Sendable {
    case any, thunderbird, outlook, apple, android

    /// The method of logging in; empty where the program does not ask.
    var password: String {
        switch self {
        case .any, .thunderbird: "Normal password"
        case .outlook: "without SPA"
        case .apple: "Authentication: Password"
        case .android: ""
        }
    }

    var prefix: String {
        switch self {
        case .any: "path prefix: (leave empty)"
        case .thunderbird: "IMAP server directory: (leave empty)"
        case .outlook: "Root folder path: (leave empty)"
        case .apple: "IMAP Path Prefix: (leave empty)"
        case .android: "IMAP path prefix: (leave empty)"
        }
    }

    func security(isImplicit: Bool) -> String {
        switch self {
        case .apple: "Use TLS/SSL: on"
        case .any, .thunderbird, .outlook, .android: isImplicit ? "SSL/TLS" : "STARTTLS"
        }
    }
}

extension ClientSettings {
    /// For people, in the words of their program.
    package func text(_ program: ClientProgram = .any) -> String {
        let rows = servers.map { server in
            [
                "\(server.purpose) \(server.kind.rawValue)", server.host, String(server.port),
                program.security(isImplicit: server.isImplicit), program.password,
            ]
        }
        let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
        var result = ""
        for (row, server) in zip(rows, servers) {
            var line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
                .joined(separator: "  ")
            if server.kind == .imap { line += "  " + program.prefix }
            while line.last == " " { line.removeLast() }
            result += line + "\n"
        }
        return result + "User name: \(person?.userName ?? "your address")\nPassword:  the mail password\n"
    }
}
