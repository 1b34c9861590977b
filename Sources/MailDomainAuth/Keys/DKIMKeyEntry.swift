package import MailCrypto

/// One pair of keys of a domain, and how far it has come.
package struct DKIMKeyEntry: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        /// Made, and not yet seen in DNS: it signs nothing, since nobody could verify it.
        case pending
        case active
        /// It signs nothing more; its record stays until the mail that it has signed has arrived.
        case retired
    }

    package let selector: String
    package let kind: KeyKind
    package var state: State
    /// Seconds since 1970.
    package let createdAt: Int64
    /// When it came to this state.
    package var changedAt: Int64
    /// What stands in DNS: `v=DKIM1; k=rsa; p=...`.
    package let record: String

    package init(
        selector: String, kind: KeyKind, state: State, createdAt: Int64, changedAt: Int64, record: String
    ) {
        self.selector = selector
        self.kind = kind
        self.state = state
        self.createdAt = createdAt
        self.changedAt = changedAt
        self.record = record
    }
}

/// The keys of one domain as a file of lines: selector, kind, state, made, changed, record.
enum DKIMKeyTable {
    private static let mark = "posthus-dkim 1"
    static let largest = 262_144

    static func text(_ entries: [DKIMKeyEntry]) -> String {
        let lines = entries.map { entry in
            "\(entry.selector) \(entry.kind.rawValue) \(entry.state.rawValue) \(entry.createdAt) \(entry.changedAt) \(entry.record)"
        }
        return ([mark] + lines).map { $0 + "\n" }.joined()
    }

    /// nil when it is not such a file, or one line of it is not.
    static func parse(_ text: String) -> [DKIMKeyEntry]? {
        let lines = text.split(separator: "\n")
        guard lines.first.map({ $0 == mark }) == true else { return nil }
        var entries: [DKIMKeyEntry] = []
        for line in lines.dropFirst() {
            guard let entry = entry(line) else { return nil }
            entries.append(entry)
        }
        return entries
    }

    private static func entry(_ line: Substring) -> DKIMKeyEntry? {
        let words = line.split(separator: " ", maxSplits: 5).map(String.init)
        guard words.count == 6, DKIMKeyFolder.isSelector(words[0]), let kind = KeyKind(rawValue: words[1]),
            let state = DKIMKeyEntry.State(rawValue: words[2]), let created = Int64(words[3]),
            let changed = Int64(words[4])
        else { return nil }
        return DKIMKeyEntry(
            selector: words[0], kind: kind, state: state, createdAt: created, changedAt: changed, record: words[5])
    }
}
