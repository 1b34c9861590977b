package import MailMessage

/// Path prefixes that clients of older servers still carry in their settings: `INBOX.`, `mail/`, `~/mail/`.
///
/// They are understood wherever a mailbox name stands, and answered in kind, but never advertised: `INBOX.Sent` is
/// the mailbox Sent, and LIST "" INBOX.% names it `INBOX.Sent` so that such a client finds what it asked for.
package struct HiddenNamespaces: Sendable, Equatable {
    package static let standard = HiddenNamespaces(["INBOX.", "mail/", "~/mail/"])

    package let prefixes: [HiddenPrefix]

    /// Longer prefixes are tried first.
    package init(_ prefixes: [String]) {
        self.prefixes = prefixes.compactMap { HiddenPrefix($0) }.sorted { $0.text.utf8.count > $1.text.utf8.count }
    }

    /// The prefix this name, reference or pattern begins with, and what follows it.
    package func split(_ text: String) -> (prefix: HiddenPrefix, rest: Substring)? {
        for prefix in prefixes {
            if let rest = prefix.rest(of: text) { return (prefix, rest) }
        }
        return nil
    }

    /// The real mailboxes a client's name may mean, likeliest first: whoever asks takes the first that exists.
    ///
    /// The name as written comes first, because a real mailbox `mail/2026` must stay reachable.
    package func candidates(for text: String) -> [MailboxName] {
        var result = [MailboxName(text)].compactMap { $0 }
        if let (prefix, rest) = split(text) {
            for name in [prefix.real(rest), MailboxName(String(rest))].compactMap({ $0 }) where !result.contains(name) {
                result.append(name)
            }
        }
        return result
    }

    /// Where a mailbox of this name is to be made: as written only below a mailbox that is really there.
    package func place(for text: String, exists: (MailboxName) -> Bool) -> MailboxName? {
        guard let (prefix, rest) = split(text) else { return MailboxName(text) }
        if let written = MailboxName(text), let root = written.components.first.flatMap({ MailboxName($0) }),
            written != root, !root.isInbox, exists(root)
        {
            return written
        }
        return prefix.real(rest)
    }
}

/// One such prefix; its last character is the hierarchy separator its clients use.
package struct HiddenPrefix: Sendable, Equatable {
    package static let separators: [Character] = ["/", ".", "\\"]

    package let text: String
    package let separator: Character

    /// Nil when the text does not end with a separator or is nothing else.
    package init?(_ text: String) {
        guard text.count > 1, let last = text.last, Self.separators.contains(last) else { return nil }
        self.text = text
        self.separator = last
    }

    /// What follows the prefix; INBOX is compared without regard to case (RFC 9051 §5.1).
    func rest(of name: String) -> Substring? {
        let head = name.prefix(text.count)
        let isInbox = text.prefix(5).uppercased() == "INBOX"
        guard isInbox ? head.uppercased() == text.uppercased() : head == text else { return nil }
        return name.dropFirst(text.count)
    }

    /// The real name behind `rest`, with this client's separator taken as the hierarchy.
    func real(_ rest: Substring) -> MailboxName? {
        MailboxName(components: rest.split(separator: separator, omittingEmptySubsequences: false).map(String.init))
    }

    /// The pattern over real names for what follows the prefix in LIST.
    func realPattern(_ rest: Substring) -> String {
        separator == MailboxName.separator
            ? String(rest) : String(rest.map { $0 == separator ? MailboxName.separator : $0 })
    }

    /// A real name as such a client wants to see it. A component that holds the separator itself is kept as it is:
    /// `HiddenNamespaces.candidates` finds it again.
    package func spelling(of name: MailboxName) -> String {
        text + name.components.joined(separator: String(separator))
    }
}
