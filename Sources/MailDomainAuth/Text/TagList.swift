/// A list of `name=value` (RFC 6376 §3.2), as DKIM, DMARC and ARC write them.
struct TagList: Sendable {
    /// No honest list comes near.
    static let mostTags = 50

    struct Tag: Sendable, Equatable {
        let name: String
        /// White space at its ends removed, folds and inner white space kept.
        let value: [UInt8]

        var text: String { String(decoding: value, as: UTF8.self) }
        /// White space within removed: of Base64 and of lists.
        var solid: [UInt8] { value.filter { !ASCII.isSpace($0) } }
    }

    let tags: [Tag]

    /// nil for anything that is not such a list, and for a tag that comes twice.
    init?(_ bytes: some Collection<UInt8>) {
        var tags: [Tag] = []
        // tag-list = tag-spec *( ";" tag-spec ) [ ";" ]
        var specs = bytes.split(
            separator: UInt8(ascii: ";"), maxSplits: Self.mostTags + 1, omittingEmptySubsequences: false)
        if let last = specs.last, last.allSatisfy(ASCII.isSpace) { specs.removeLast() }
        guard !specs.isEmpty, specs.count <= Self.mostTags else { return nil }
        for spec in specs {
            guard let tag = Self.tag(Array(spec)), !tags.contains(where: { $0.name == tag.name }) else { return nil }
            tags.append(tag)
        }
        self.tags = tags
    }

    subscript(_ name: String) -> Tag? { tags.first { $0.name == name } }

    // tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
    private static func tag(_ spec: [UInt8]) -> Tag? {
        guard let sign = spec.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let name = ASCII.trimmed(spec[..<sign])
        guard let first = name.first, ASCII.isLetter(first),
            name.allSatisfy({ ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "_") })
        else { return nil }
        let value = ASCII.trimmed(spec[(sign + 1)...])
        guard value.allSatisfy({ $0 > 0x20 && $0 != 0x7f || ASCII.isSpace($0) }) else { return nil }
        return Tag(name: String(decoding: name, as: UTF8.self), value: Array(value))
    }
}
