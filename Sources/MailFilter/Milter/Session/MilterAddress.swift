/// Where a filter listens: `inet:HOST:PORT`, `inet6:HOST:PORT`, or `unix:/PATH`; `local:` is the same as `unix:`, and Sendmail's
/// `inet:PORT@HOST` is taken as well.
package enum MilterAddress: Sendable, Hashable, CustomStringConvertible {
    case tcp(host: String, port: Int)
    case socket(path: String)

    /// sockaddr_un has room for 108 octets with the final zero.
    package static let longestPath = 107

    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = String(text[text.index(after: colon)...])
        switch text[..<colon].lowercased() {
        case "unix", "local":
            guard rest.hasPrefix("/"), rest.utf8.count <= Self.longestPath, !rest.utf8.contains(0) else { return nil }
            self = .socket(path: rest)
        case "inet", "inet6":
            guard let found = Self.hostAndPort(rest) else { return nil }
            self = found
        default: return nil
        }
    }

    private static func hostAndPort(_ text: String) -> MilterAddress? {
        if let at = text.firstIndex(of: "@") {
            return tcp(String(text[text.index(after: at)...]), String(text[..<at]))
        }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        return tcp(String(text[..<colon]), String(text[text.index(after: colon)...]))
    }

    private static func tcp(_ host: String, _ port: String) -> MilterAddress? {
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        guard !bare.isEmpty, bare.utf8.allSatisfy({ (0x21...0x7e).contains($0) }), let number = Int(port),
            (1...65_535).contains(number)
        else { return nil }
        return .tcp(host: bare, port: number)
    }

    package var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "inet:[\(host)]:\(port)" : "inet:\(host):\(port)"
        case .socket(let path): "unix:\(path)"
        }
    }
}
