/// One end of a connection.
package struct PeerAddress: Hashable, Sendable, CustomStringConvertible {
    package let ip: IPAddress
    package let port: UInt16

    package init(ip: IPAddress, port: UInt16) {
        self.ip = ip
        self.port = port
    }

    /// As `description` writes it; nil for anything else.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else { return nil }
        let host = String(text[..<colon])
        guard let ip = IPAddress(host), host.hasPrefix("[") == (ip.family == .v6) else { return nil }
        self.init(ip: ip, port: port)
    }

    /// `192.0.2.1:25`, `[2001:db8::1]:25`.
    package var description: String { ip.family == .v4 ? "\(ip):\(port)" : "[\(ip)]:\(port)" }
}
