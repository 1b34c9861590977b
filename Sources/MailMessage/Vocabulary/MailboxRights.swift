/// What somebody may do with a mailbox (RFC 4314 §2.1).
package struct MailboxRights: OptionSet, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }

    package static let lookUp = MailboxRights(rawValue: 1)
    package static let read = MailboxRights(rawValue: 1 << 1)
    package static let keepSeen = MailboxRights(rawValue: 1 << 2)
    package static let write = MailboxRights(rawValue: 1 << 3)
    package static let insert = MailboxRights(rawValue: 1 << 4)
    package static let post = MailboxRights(rawValue: 1 << 5)
    package static let createBelow = MailboxRights(rawValue: 1 << 6)
    package static let deleteMailbox = MailboxRights(rawValue: 1 << 7)
    package static let markDeleted = MailboxRights(rawValue: 1 << 8)
    package static let expunge = MailboxRights(rawValue: 1 << 9)
    package static let administer = MailboxRights(rawValue: 1 << 10)

    /// In the order of RFC 4314's own examples.
    package static let letters: [(letter: Character, right: MailboxRights)] = [
        ("l", .lookUp), ("r", .read), ("s", .keepSeen), ("w", .write), ("i", .insert), ("p", .post),
        ("k", .createBelow), ("x", .deleteMailbox), ("t", .markDeleted), ("e", .expunge), ("a", .administer),
    ]

    package static let all = MailboxRights(letters.map(\.right))

    /// Nil for a letter that is none of ours. `c` and `d` stand for others (RFC 4314 §2.1.1).
    package init?(letters: some Sequence<Character>) {
        self = []
        for letter in letters {
            guard let rights = Self.meaning(of: letter) else { return nil }
            formUnion(rights)
        }
    }

    private static func meaning(of letter: Character) -> MailboxRights? {
        switch letter {
        case "c": create
        case "d": delete
        default: letters.first { $0.letter == letter }?.right
        }
    }

    static let create: MailboxRights = [.createBelow, .deleteMailbox]
    static let delete: MailboxRights = [.markDeleted, .expunge]

    /// As ACL and MYRIGHTS give them: with `c` and `d` for clients of RFC 2086.
    package var withObsoleteLetters: String {
        description + (isDisjoint(with: Self.create) ? "" : "c") + (isDisjoint(with: Self.delete) ? "" : "d")
    }

    /// RFC 4314 §4: `s` is for \Seen, `t` for \Deleted, `w` for all others.
    package func mayChange(_ flag: Flag) -> Bool {
        switch flag {
        case .system(.seen): contains(.keepSeen)
        case .system(.deleted): contains(.markDeleted)
        case .system, .keyword: contains(.write)
        }
    }

    /// The same for bits.
    package var changeableFlags: FlagBits {
        var bits: FlagBits = contains(.write) ? FlagBits.all.subtracting([.seen, .deleted]) : []
        if contains(.keepSeen) { bits.insert(.seen) }
        if contains(.markDeleted) { bits.insert(.deleted) }
        return bits
    }

    /// RFC 4314 §5.2: one of these, and a mailbox is open for writing.
    package static let changing: MailboxRights = [.insert, .expunge, .keepSeen, .write, .markDeleted]

    package var description: String { String(Self.letters.filter { contains($0.right) }.map(\.letter)) }
}
