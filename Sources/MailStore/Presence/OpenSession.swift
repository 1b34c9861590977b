package import MailMessage

/// A session of somebody who has logged in, as lists show it: one line between a worker and whoever asks.
package struct OpenSession: Sendable, Equatable {
    /// Unlike any other's, whatever process it is in.
    package let id: String
    package let account: AccountID
    package let address: String
    package let service: String
    /// The handle of the app password that let it in; nil: the mail password.
    package let appPassword: String?
    /// What the client calls itself.
    package let client: String?
    package let peer: String
    package let since: EpochSeconds
    package let tls: String?

    package init(
        id: String, account: AccountID, address: String, service: String, appPassword: String?, client: String?,
        peer: String, since: EpochSeconds, tls: String?
    ) {
        self.id = id
        self.account = account
        self.address = address
        self.service = service
        self.appPassword = appPassword
        self.client = client
        self.peer = peer
        self.since = since
        self.tls = tls
    }

    package var line: String {
        [
            id, String(account.value), address, service, appPassword ?? "", client ?? "", peer, String(since),
            tls ?? "",
        ].map(PresenceText.escaped).joined(separator: "\t")
    }

    init?(line: Substring) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(PresenceText.plain)
        guard fields.count == 9, let account = Int64(fields[1]), let since = EpochSeconds(fields[7]) else { return nil }
        func optional(_ text: String) -> String? { text.isEmpty ? nil : text }
        self.init(
            id: fields[0], account: AccountID(account), address: fields[2], service: fields[3],
            appPassword: optional(fields[4]), client: optional(fields[5]), peer: fields[6], since: since,
            tls: optional(fields[8]))
    }
}

/// Which sessions shall end.
package enum SessionChoice: Sendable, Equatable {
    case all
    case account(AccountID)
    case session(String)
}

/// What a worker is asked, one line.
package enum PresenceRequest: Sendable, Equatable {
    case list
    case close(SessionChoice)
    case attempts(AttemptChoice)
    /// What it knows of attempts at all.
    case memory
    /// What stands against the names of an account, and that it shall no longer.
    case failures([String])
    case unlock([String])

    static let longestLine = 8_192

    var line: String {
        switch self {
        case .list: "list"
        case .close(.all): "close"
        case .close(.account(let id)): "close account \(id)"
        case .close(.session(let id)): "close session \(PresenceText.escaped(id))"
        case .attempts(.token(let token)): "attempts token \(token)"
        case .attempts(.from(let prefix, let since, let until)):
            "attempts from \(PresenceText.escaped(prefix)) \(since) \(until)"
        case .memory: "memory"
        case .failures(let names): (["failures"] + names.map(PresenceText.escaped)).joined(separator: " ")
        case .unlock(let names): (["unlock"] + names.map(PresenceText.escaped)).joined(separator: " ")
        }
    }

    init?(line: String) {
        let words = line.split(separator: " ").map(String.init)
        switch (words.first, words.dropFirst().first, words.count) {
        case ("list", nil, 1): self = .list
        case ("close", nil, 1): self = .close(.all)
        case ("close", "account", 3):
            guard let id = Int64(words[2]) else { return nil }
            self = .close(.account(AccountID(id)))
        case ("close", "session", 3): self = .close(.session(PresenceText.plain(words[2][...])))
        case ("memory", nil, 1): self = .memory
        case ("attempts", "token", 3):
            guard let token = ProbeToken(words[2]) else { return nil }
            self = .attempts(.token(token))
        case ("attempts", "from", 5):
            guard let since = EpochSeconds(words[3]), let until = EpochSeconds(words[4]) else { return nil }
            self = .attempts(.from(PresenceText.plain(words[2][...]), since: since, until: until))
        case ("failures", _?, _): self = .failures(words.dropFirst().map { PresenceText.plain($0[...]) })
        case ("unlock", _?, _): self = .unlock(words.dropFirst().map { PresenceText.plain($0[...]) })
        default: return nil
        }
    }
}

/// Text without what separates fields and lines.
enum PresenceText {
    private static let marks: [(Character, String)] = [
        ("%", "%25"), ("\t", "%09"), ("\n", "%0A"), ("\r", "%0D"), (" ", "%20"),
    ]

    static func escaped(_ text: String) -> String {
        String(
            text.unicodeScalars.map { scalar in
                marks.first { $0.0 == Character(scalar) }?.1 ?? String(Character(scalar))
            }.joined())
    }

    static func plain(_ text: Substring) -> String {
        var (result, rest) = ("", text)
        while let sign = rest.firstIndex(of: "%") {
            result += rest[..<sign]
            let mark = rest[sign...].prefix(3)
            rest = rest[sign...].dropFirst(mark.count)
            result += marks.first { $0.1 == mark }.map { String($0.0) } ?? String(mark)
        }
        return result + rest
    }
}
