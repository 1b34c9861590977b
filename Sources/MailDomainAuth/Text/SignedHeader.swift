package import MailMessage

/// The fields of a message as signatures name them.
package struct SignedHeader: Sendable {
    package let header: Header
    /// A line is neither a field nor part of one: other programs see another header, so no signature of it is believed.
    let isWhole: Bool

    /// By names in lower case, uppermost first.
    private let byName: [String: [ArraySlice<UInt8>]]

    package init(_ bytes: [UInt8]) {
        header = Header(bytes)
        isWhole = header.bytes.count == bytes.count
        var byName: [String: [ArraySlice<UInt8>]] = [:]
        for field in header.fields {
            byName[String(decoding: field.name.map(ASCII.lower), as: UTF8.self), default: []].append(field.raw)
        }
        self.byName = byName
    }

    func fields(_ name: String) -> [HeaderField] { header.all(name) }

    /// The fields that these names select, each name taking the lowest one that is not taken yet (RFC 6376 §5.4.2); a name without
    /// any left selects nothing.
    func selected(_ names: [String]) -> [ArraySlice<UInt8>] {
        var taken: [String: Int] = [:]
        return names.compactMap { name in
            let (all, count) = (byName[name] ?? [], taken[name, default: 0])
            taken[name] = count + 1
            return count < all.count ? all[all.count - 1 - count] : nil
        }
    }
}
