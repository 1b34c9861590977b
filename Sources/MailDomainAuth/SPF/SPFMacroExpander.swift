internal import MailNetwork

/// What macros stand for (RFC 7208 §7.2).
struct SPFMacroExpander: Sendable {
    /// RFC 7208 §7.3: without final dot; a longer name loses labels on the left.
    static let longestName = 253
    static let longestLabel = 63

    let address: IPAddress
    /// `postmaster` where there was none.
    let local: String
    /// In A-labels.
    let senderDomain: String
    let helo: String
    /// This server's name.
    let receiver: String
    /// Seconds since 1970.
    let now: Int

    func expand(_ text: SPFMacroText, domain: String, validated: String) -> String {
        text.parts.map { part in
            switch part {
            case .literal(let text): text
            case .macro(let macro): macro.transform(value(macro.letter, domain, validated))
            }
        }.joined()
    }

    /// nil for what is no name that DNS can be asked for.
    func name(_ text: SPFMacroText, domain: String, validated: String) -> String? {
        Self.usable(expand(text, domain: domain, validated: validated))
    }

    static func usable(_ text: String) -> String? {
        var labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if labels.last?.isEmpty == true { labels.removeLast() }
        var length = labels.reduce(0) { $0 + $1.count + 1 } - 1
        while length > longestName, !labels.isEmpty { length -= labels.removeFirst().count + 1 }
        // A backslash would be an escape for the resolver.
        let isFine = labels.allSatisfy { label in
            (1...longestLabel).contains(label.count)
                && label.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\\") }
        }
        guard isFine, !labels.isEmpty else { return nil }
        return labels.map { String(decoding: $0.map(ASCII.lower), as: UTF8.self) }.joined(separator: ".")
    }

    private func value(_ letter: Character, _ domain: String, _ validated: String) -> String {
        switch letter {
        case "s": "\(local)@\(senderDomain)"
        case "l": local
        case "o": senderDomain
        case "d": domain
        case "i": dotted
        case "p": validated
        case "v": address.family == .v4 ? "in-addr" : "ip6"
        case "h": helo
        case "c": address.description
        case "r": receiver
        case "t": String(now)
        default: ""
        }
    }

    /// `192.0.2.3`, or the 32 nibbles of an IPv6 address.
    private var dotted: String {
        guard address.family == .v6 else { return address.description }
        return address.bytes.flatMap { [String($0 >> 4, radix: 16), String($0 & 15, radix: 16)] }.joined(separator: ".")
    }
}
