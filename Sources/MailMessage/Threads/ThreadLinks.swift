/// What ties a message to others: its own identifier and those it refers to, the oldest first (RFC 5256 §3).
package struct ThreadLinks: Sendable, Equatable {
    package let own: [UInt8]?
    package let references: [[UInt8]]

    package init(_ header: Header) {
        own = Self.identifiers(header, "Message-ID").first
        let references = Self.identifiers(header, "References")
        self.references = references.isEmpty ? Array(Self.identifiers(header, "In-Reply-To").prefix(1)) : references
    }

    private static func identifiers(_ header: Header, _ name: String) -> [[UInt8]] {
        guard let field = header.first(name) else { return [] }
        return ParsedMessage.messageIDs(in: field.unfolded).compactMap(normalised)
    }

    // msg-id = "<" id-left "@" id-right ">"; `"a\b"@c` and `ab@c` are one. Nil for what is no msg-id.
    private static func normalised(_ identifier: [UInt8]) -> [UInt8]? {
        guard let at = identifier.lastIndex(of: UInt8(ascii: "@")), at > 0, at + 1 < identifier.count else {
            return nil
        }
        guard identifier[0] == UInt8(ascii: "\""), at > 2, identifier[at - 1] == UInt8(ascii: "\"") else {
            return identifier
        }
        var left: [UInt8] = []
        var isEscaped = false
        for byte in identifier[1..<at - 1] {
            if byte == UInt8(ascii: "\\"), !isEscaped {
                isEscaped = true
            } else {
                left.append(byte)
                isEscaped = false
            }
        }
        return left + identifier[at...]
    }
}
