package import MailNetwork

/// What a name server knows, one record each. Names have no final dot; the root is ".".
package enum DNSRecord: Sendable, Hashable {
    case address(IPAddress)
    case alias(String)
    case mail(preference: UInt16, host: String)
    case pointer(String)
    case service(priority: UInt16, weight: UInt16, port: UInt16, host: String)
    /// How long it may be remembered that something does not exist (RFC 2308 §4).
    case authority(negativeSeconds: UInt32)
    /// The strings of the record joined (RFC 7208 §3.3); what is not UTF-8 stands as U+FFFD.
    case text(String)
    /// RFC 6698 §2.1, the data in lower-case hex.
    case certificate(usage: UInt8, selector: UInt8, matching: UInt8, data: String)

    package enum Kind: Int32, Sendable, CaseIterable {
        case a = 1, cname = 5, soa = 6, ptr = 12, mx = 15, txt = 16, aaaa = 28, srv = 33, tlsa = 52

        var number: UInt16 { UInt16(truncatingIfNeeded: rawValue) }
    }
}

extension IPAddress {
    /// Where its PTR records are (RFC 1035 §3.5, RFC 3596 §2.5).
    package var reverseName: String {
        switch family {
        case .v4: bytes.reversed().map(String.init).joined(separator: ".") + ".in-addr.arpa"
        case .v6:
            bytes.reversed().flatMap { [$0 & 15, $0 >> 4] }.map { String($0, radix: 16) }.joined(separator: ".")
                + ".ip6.arpa"
        }
    }
}
