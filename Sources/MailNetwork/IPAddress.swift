import Glibc

/// An IPv4 or IPv6 address; an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) is its IPv4 address.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    package enum Family: Sendable { case v4, v6 }
    package let family: Family
    /// Network order; an IPv4 address fills the low 32 bits of `low`.
    let high: UInt64, low: UInt64

    package init(v4 value: UInt32) { (family, high, low) = (.v4, 0, UInt64(value)) }

    package init(v6 high: UInt64, _ low: UInt64) {
        if high == 0, low >> 32 == 0xffff {
            self.init(v4: UInt32(truncatingIfNeeded: low))
        } else {
            self.init(unnormalised: high, low)
        }
    }

    /// Four or sixteen bytes in network order.
    package init?(bytes: some Collection<UInt8>) {
        func number(_ part: some Collection<UInt8>) -> UInt64 { part.reduce(0) { $0 << 8 | UInt64($1) } }
        switch bytes.count {
        case 4: self.init(v4: UInt32(truncatingIfNeeded: number(bytes)))
        case 16: self.init(v6: number(bytes.prefix(8)), number(bytes.dropFirst(8)))
        default: return nil
        }
    }

    /// `192.0.2.1`, `2001:db8::1`, `[2001:db8::1]`; a zone is not taken.
    package init?(_ text: String) {
        guard !text.utf8.contains(0) else { return nil }
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, bare, &four) == 1 {
            self.init(v4: UInt32(bigEndian: four.s_addr))
        } else if inet_pton(AF_INET6, bare, &six) == 1 {
            self.init(bytes: withUnsafeBytes(of: six) { Array($0) })
        } else {
            return nil
        }
    }

    package var bytes: [UInt8] {
        let all = withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
        return family == .v4 ? Array(all.suffix(4)) : all
    }

    package var isLoopback: Bool {
        family == .v4 ? low >> 24 == 127 : high == 0 && low == 1
    }

    /// Not to be reached from the whole internet: RFC 1918, RFC 6598, RFC 4193, link-local addresses; loopback is not among them.
    package var isPrivate: Bool { Self.privateBlocks.contains { $0.contains(self) } }

    private static let privateBlocks = [
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7", "fe80::/10",
    ].compactMap(AddressPrefix.init)

    package var description: String {
        var text = [UInt8](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let bytes = bytes
        let kind = family == .v4 ? AF_INET : AF_INET6
        let done = text.withUnsafeMutableBytes { space in
            inet_ntop(kind, bytes, space.bindMemory(to: CChar.self).baseAddress, socklen_t(space.count)) != nil
        }
        return done ? String(decoding: text.prefix { $0 != 0 }, as: UTF8.self) : "?"
    }

    /// The first bits of the address, the rest zero.
    func masked(to length: Int) -> IPAddress {
        switch family {
        case .v4: IPAddress(v4: UInt32(truncatingIfNeeded: low) & ~(UInt32.max >> min(32, max(0, length))))
        case .v6:
            IPAddress(
                unnormalised: high & ~(UInt64.max >> min(64, max(0, length))),
                low & ~(UInt64.max >> min(64, max(0, length - 64))))
        }
    }

    private init(unnormalised high: UInt64, _ low: UInt64) { (family, self.high, self.low) = (.v6, high, low) }
}
