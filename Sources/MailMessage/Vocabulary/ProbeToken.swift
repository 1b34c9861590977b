/// What a run of mail-probe calls itself, so that the server's side of it can be found again: 100 random bits.
package struct ProbeToken: Hashable, Sendable, CustomStringConvertible {
    package static let length = 20
    /// Behind the token in EHLO; RFC 6761 §6.4: no such name can exist.
    package static let hostSuffix = ".mail-probe.invalid"

    package let description: String

    /// Exactly as it is sent: `a`-`z` and `2`-`7`.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.length,
            text.utf8.allSatisfy({ (0x61...0x7a).contains($0) || (0x32...0x37).contains($0) })
        else { return nil }
        description = String(text)
    }

    /// Five bits of each byte, in base 32 (RFC 4648 §6); too few bytes stand for zeros.
    package init(bytes: [UInt8]) {
        let letters = Array("abcdefghijklmnopqrstuvwxyz234567")
        let all = bytes.prefix(Self.length) + [UInt8](repeating: 0, count: max(0, Self.length - bytes.count))
        description = String(all.map { letters[Int($0 & 31)] })
    }

    /// From a client's name in EHLO.
    package init?(hostName: String) {
        guard hostName.hasSuffix(Self.hostSuffix) else { return nil }
        self.init(hostName.dropLast(Self.hostSuffix.count))
    }

    package var hostName: String { description + Self.hostSuffix }
}

/// What a run of mail-probe tells beside its token, as fields of IMAP's ID (RFC 2971).
package enum ProbeField: String, CaseIterable, Sendable {
    case token = "x-probe-token"
    /// The client's own end of the connection, with its port.
    case address = "x-probe-address"
    /// Version and cipher as the client has them.
    case tls = "x-probe-tls"
    /// SHA-256 of the certificate that the client saw.
    case certificate = "x-probe-certificate"
}
