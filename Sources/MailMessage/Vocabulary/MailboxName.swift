/// The full name of a mailbox: components joined by "/", valid Unicode, INBOX always in capitals.
///
/// Validation happens here and nowhere else: whoever holds a `MailboxName` may store it, print it and compare it.
package struct MailboxName: Hashable, Sendable, Comparable, CustomStringConvertible {
    package static let separator: Character = "/"
    package static let maximumLength = 1_000
    package static let maximumComponentLength = 255
    package static let maximumDepth = 32
    package static let inbox = MailboxName(validated: ["INBOX"])

    package let components: [String]

    /// Nil for empty text, empty components, control characters, `%`-and-`*` wildcards, or anything over the limits.
    package init?(_ text: String) {
        // By scalars: behind a combining mark, "/" is part of a Character that is not "/".
        self.init(
            components: text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map { String($0) })
    }

    package init?(components: [String]) {
        guard (1...Self.maximumDepth).contains(components.count), components.allSatisfy(Self.isValid) else {
            return nil
        }
        guard components.reduce(components.count - 1, { $0 + $1.utf8.count }) <= Self.maximumLength else { return nil }
        self.init(validated: components)
    }

    private init(validated components: [String]) {
        var components = components
        if let first = components.first, first.utf8.count == 5, first.uppercased() == "INBOX" {
            components[0] = "INBOX"
        }
        self.components = components
    }

    private static func isValid(_ component: String) -> Bool {
        guard (1...maximumComponentLength).contains(component.utf8.count), component != ".", component != ".." else {
            return false
        }
        return component.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value) && !["*", "%", "/"].contains(scalar)
                && !(0x2028...0x2029).contains(scalar.value)  // RFC 6855 §3: no line or paragraph separators
        }
    }

    package var text: String { components.joined(separator: String(Self.separator)) }
    package var description: String { text }
    package var leaf: String { components.last ?? "" }
    package var isInbox: Bool { self == .inbox }
    package var parent: MailboxName? { components.count > 1 ? MailboxName(validated: components.dropLast()) : nil }

    package func appending(_ component: String) -> MailboxName? { MailboxName(components: components + [component]) }
    package func isBelow(_ other: MailboxName) -> Bool {
        components.count > other.components.count && components.starts(with: other.components)
    }

    package static func < (left: MailboxName, right: MailboxName) -> Bool {
        left.components.lexicographicallyPrecedes(right.components)
    }
}

/// What a mailbox is for (RFC 6154 §2). At most one mailbox of an account has each role.
package enum MailboxRole: String, CaseIterable, Sendable {
    case inbox, drafts, sent, junk, trash, archive

    /// The attribute in LIST, such as `\Trash`; INBOX has none.
    package var specialUse: String? {
        self == .inbox ? nil : "\\" + rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }

    package init?(specialUse: String) {
        guard let role = Self.allCases.first(where: { $0.specialUse?.lowercased() == specialUse.lowercased() }) else {
            return nil
        }
        self = role
    }
}
