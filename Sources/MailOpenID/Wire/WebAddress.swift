/// A place that is reached by HTTPS (RFC 9110 §4.2.2): a host, a port, and a path with its query. No user, no fragment.
package struct WebAddress: Sendable, Equatable {
    package static let longest = 2_048
    private static let scheme = "https://"
    private static let standardPort: UInt16 = 443

    package let host: String
    package let port: UInt16
    /// With a slash at its beginning.
    package let path: String
    /// As it was written.
    package let text: String

    package init?(_ text: String) {
        guard text.utf8.count <= Self.longest, text.hasPrefix(Self.scheme),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !Self.forbidden.contains($0) })
        else { return nil }
        let rest = text.dropFirst(Self.scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let (host, port) = Self.split(authority) else { return nil }
        let place = rest[authority.endIndex...]
        (self.host, self.port, self.text) = (host, port, text)
        path = place.hasPrefix("/") ? String(place) : "/" + place
    }

    package var hasQuery: Bool { path.utf8.contains(UInt8(ascii: "?")) }

    /// `"`, `#`, `<`, `>`, `\`, `^`, backquote, `{`, `|`, `}`: never part of an address (RFC 3986 §2).
    private static let forbidden = Array("\"#<>\\^`{|}".utf8)

    private static func split(_ authority: Substring) -> (host: String, port: UInt16)? {
        let pieces = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = pieces.first, !host.isEmpty, host.utf8.allSatisfy(isHostOctet) else { return nil }
        guard pieces.count > 1 else { return (host.lowercased(), standardPort) }
        guard let port = UInt16(pieces[1]), port > 0, !pieces[1].hasPrefix("+") else { return nil }
        return (host.lowercased(), port)
    }

    /// A name or an IPv4 address: what certificates are made for.
    private static func isHostOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
