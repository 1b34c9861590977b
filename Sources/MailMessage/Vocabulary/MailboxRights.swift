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

    package var description: String { String(Self.letters.filter { contains($0.right) }.map(\.letter)) }
}
