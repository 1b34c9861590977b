/// A block of addresses in CIDR notation: `192.0.2.0/24`, `2001:db8::/32`; an address alone is a block of one.
package struct AddressPrefix: Hashable, Sendable, CustomStringConvertible {
    package let address: IPAddress
    package let length: Int

    /// nil for bad notation, a length out of range, or bits set behind the prefix.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
        let widest = address.family == .v4 ? 32 : 128
        var length = widest
        if parts.count == 2 {
            guard !parts[1].isEmpty, parts[1].count <= 3, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(parts[1]), number <= widest
            else { return nil }
            length = number
        }
        guard address.masked(to: length) == address else { return nil }
        self.address = address
        self.length = length
    }

    /// The block of this length around an address.
    package init(around address: IPAddress, length: Int) {
        self.length = max(0, min(length, address.family == .v4 ? 32 : 128))
        self.address = address.masked(to: self.length)
    }

    package func contains(_ other: IPAddress) -> Bool {
        other.family == address.family && other.masked(to: length) == address
    }

    package var description: String { "\(address)/\(length)" }
}
