extension ListPattern {
    /// Whether the pattern matches a whole name. `INBOX` at the head of the name is compared without regard to case
    /// (RFC 9051 §5.1). The work is bounded by the product of the two lengths whatever the wildcards are.
    package func matches(_ name: String, separator: Character = "/") -> Bool {
        guard let text, let separator = separator.asciiValue else { return false }
        let name = Array(name.utf8)
        let isInbox = name.starts(with: "INBOX".utf8) && (name.count == 5 || name[5] == separator)
        var matcher = PatternMatcher(pattern: Array(text.utf8), separator: separator)
        for (index, byte) in name.enumerated() {
            guard matcher.read(byte, ignoringCase: isInbox && index < 5) else { return false }
        }
        return matcher.isComplete
    }

    /// For a pattern put together from a reference, or one with a hidden namespace's prefix taken off.
    package init(text: String) {
        bytes = Array(text.utf8)
        self.text = text
    }
}

/// All the places in the pattern that the name read so far can have reached, moved along byte by byte.
private struct PatternMatcher {
    private let pattern: [UInt8]
    private let separator: UInt8
    private var reached: [Bool]
    private var next: [Bool]

    init(pattern: [UInt8], separator: UInt8) {
        self.pattern = pattern
        self.separator = separator
        reached = [Bool](repeating: false, count: pattern.count + 1)
        next = reached
        reached[0] = true
        skipWildcards()
    }

    var isComplete: Bool { reached[pattern.count] }

    /// False when no match is possible any more.
    mutating func read(_ byte: UInt8, ignoringCase: Bool) -> Bool {
        var isAlive = false
        for place in next.indices { next[place] = false }
        for place in pattern.indices where reached[place] {
            let wanted = pattern[place]
            if wanted == Self.star || wanted == Self.percent {
                guard wanted == Self.star || byte != separator else { continue }
                next[place] = true
            } else {
                guard wanted == byte || (ignoringCase && wanted.asciiUppercased == byte) else { continue }
                next[place + 1] = true
            }
            isAlive = true
        }
        swap(&reached, &next)
        skipWildcards()
        return isAlive
    }

    /// A wildcard also matches nothing.
    private mutating func skipWildcards() {
        for place in pattern.indices where reached[place] {
            if pattern[place] == Self.star || pattern[place] == Self.percent { reached[place + 1] = true }
        }
    }

    private static let star = UInt8(ascii: "*")
    private static let percent = UInt8(ascii: "%")
}
