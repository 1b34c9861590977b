/// The public suffix list (publicsuffix.org): below which names organisations register theirs.
package struct PublicSuffixList: Sendable {
    private var suffixes: Set<String> = []
    /// `*.ck`: every name one below it is a suffix.
    private var wildcards: Set<String> = []
    /// `!www.ck`: but not this one.
    private var exceptions: Set<String> = []

    /// From the file's text; lines that make no sense are passed over.
    package init(_ text: [UInt8]) {
        for line in text.split(separator: 0x0a) {
            let rule = line.prefix { !ASCII.isSpace($0) }
            guard let first = rule.first, !rule.starts(with: "//".utf8) else { continue }
            switch first {
            case UInt8(ascii: "!"): insert(rule.dropFirst(), \.exceptions)
            case UInt8(ascii: "*"): insert(rule.dropFirst(2), \.wildcards)
            default: insert(rule, \.suffixes)
            }
        }
    }

    package var isEmpty: Bool { suffixes.isEmpty }

    /// One label more than the longest suffix (RFC 7489 §3.2); a suffix itself is its own organisation.
    package func organisation(of domain: String) -> String {
        let labels = domain.split(separator: ".")
        for start in labels.indices {
            let name = labels[start...].joined(separator: ".")
            if exceptions.contains(name) { return name }
            let parent = labels[(start + 1)...].joined(separator: ".")
            guard suffixes.contains(name) || wildcards.contains(parent) || parent.isEmpty else { continue }
            return start == 0 ? domain : labels[(start - 1)...].joined(separator: ".")
        }
        return domain
    }

    private mutating func insert(_ rule: ArraySlice<UInt8>, _ rules: WritableKeyPath<Self, Set<String>>) {
        if let name = HostName.normal(String(decoding: rule, as: UTF8.self)) { self[keyPath: rules].insert(name) }
    }
}
