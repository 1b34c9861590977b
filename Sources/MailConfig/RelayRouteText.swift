internal import MailMessage

/// Where the mail for a domain goes, as the configuration writes it: `DOMAIN: HOST[:PORT] [tls=LEVEL] [login=FILE]`; the colon may be missing.
///
/// DOMAIN is `example.org`, `.example.org` for whatever lies below it, or `*`. HOST is a name, an address (IPv6 in brackets), or `mx`
/// for the domain's own hosts, of which then more is demanded than usual. `relay.smarthost` is the same without DOMAIN.
package struct RelayRouteText: Sendable, Equatable {
    package enum TLS: String, Sendable, CaseIterable {
        case none, opportunistic, encrypted, verified, implicit
    }

    static let standardPort: UInt16 = 25
    static let implicitPort: UInt16 = 465
    private static let exchangers = "mx"

    /// `*`, or A-labels in lower case, with a dot before them for what lies below.
    package private(set) var domain: String
    /// A name or an address without brackets; nil: the domain's own hosts.
    package private(set) var host: String?
    package private(set) var port: UInt16
    package private(set) var tls = TLS.opportunistic
    /// A file with the name in its first line and the password in its second.
    package private(set) var login: String?

    /// nil for what `route(_:)` refuses.
    package init?(route text: String) {
        guard let parsed = try? Self.route(text) else { return nil }
        self = parsed
    }

    /// nil for what `smarthost(_:)` refuses.
    package init?(smarthost text: String) {
        guard let parsed = try? Self.smarthost(text) else { return nil }
        self = parsed
    }

    static func route(_ text: String) throws(ValueRefusal) -> RelayRouteText {
        let words = words(of: text)
        guard let first = words.first, words.count >= 2 else {
            throw ValueRefusal("\"\(text)\": write DOMAIN: HOST:PORT, such as \"example.org: mail.example.org:25\"")
        }
        return try RelayRouteText(
            domain: domain(first.hasSuffix(":") ? String(first.dropLast()) : first), words.dropFirst())
    }

    static func smarthost(_ text: String) throws(ValueRefusal) -> RelayRouteText {
        let words = words(of: text)
        guard let first = words.first, first != exchangers else {
            throw ValueRefusal("\"\(text)\": write HOST:PORT, such as \"mail.example.org:587\"")
        }
        return try RelayRouteText(domain: "*", words[...])
    }

    private static func words(of text: String) -> [String] { text.split(separator: " ").map(String.init) }

    /// With or without a colon behind it.
    private static func domain(_ text: String) throws(ValueRefusal) -> String {
        let word = text.hasSuffix(":") ? String(text.dropLast()) : text
        guard word != "*" else { return word }
        let (dot, name) = word.hasPrefix(".") ? (".", String(word.dropFirst())) : ("", word)
        guard let key = DomainName.toASCII(name) else {
            throw ValueRefusal("\"\(word)\" is not a domain, \".DOMAIN\" or \"*\"")
        }
        return dot + key
    }

    private init(domain: String, _ words: ArraySlice<String>) throws(ValueRefusal) {
        self.domain = domain
        port = 0
        for option in words.dropFirst() { try read(option) }
        try readPlace(words.first ?? "")
        guard login == nil || tls.protectsPasswords else {
            throw ValueRefusal(
                "login= needs tls=encrypted, tls=verified or tls=implicit: a password never travels in clear")
        }
    }

    private mutating func read(_ option: String) throws(ValueRefusal) {
        let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
        switch (parts.first, parts.dropFirst().first) {
        case ("tls", let word?):
            guard let level = TLS(rawValue: word) else {
                throw ValueRefusal(
                    "\"\(option)\": tls= is one of \(TLS.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            tls = level
        case ("login", let file?): login = file
        default: throw ValueRefusal("\"\(option)\" is neither tls=LEVEL nor login=FILE")
        }
    }

    private mutating func readPlace(_ word: String) throws(ValueRefusal) {
        let usual = tls == .implicit ? Self.implicitPort : Self.standardPort
        guard word != Self.exchangers else {
            guard tls != .implicit, login == nil else {
                throw ValueRefusal("\"mx\" takes neither tls=implicit nor login=: those are for one host")
            }
            (host, port) = (nil, usual)
            return
        }
        let (name, digits) = Self.parts(of: word)
        guard let name = Self.host(name) else { throw ValueRefusal("\"\(word)\" is not HOST:PORT or [ADDRESS]:PORT") }
        let number = digits.map { UInt16($0) ?? 0 } ?? usual
        guard number > 0 else {
            throw ValueRefusal("\"\(word)\" has a port outside 1-65535")
        }
        (host, port) = (name, number)
    }

    /// A colon inside brackets belongs to the address.
    private static func parts(of word: String) -> (host: String, port: String?) {
        let end = word.lastIndex(of: "]") ?? word.startIndex
        guard let colon = word[end...].lastIndex(of: ":") else { return (word, nil) }
        return (String(word[..<colon]), String(word[word.index(after: colon)...]))
    }

    private static func host(_ text: String) -> String? {
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        if (try? AddressText.network(bare)) != nil, !bare.contains("/") {
            return bare.contains(":") && bare == text ? nil : bare
        }
        return DomainName.toASCII(bare)
    }
}

extension RelayRouteText.TLS {
    fileprivate var protectsPasswords: Bool { self != .none && self != .opportunistic }
}
