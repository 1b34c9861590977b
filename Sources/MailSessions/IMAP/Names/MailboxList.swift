import MailMessage
import MailStore
import MailWire

/// Which mailboxes a LIST or LSUB means, and under which names (RFC 9051 §6.3.9). Pure.
struct MailboxList {
    struct Entry {
        var name: MailboxName
        var spelling: String
        var separator: Character
        /// Nil for a subscribed name without a mailbox, and for a parent that stands for its children.
        var mailbox: SeenMailbox?
        var isSubscribed: Bool
        /// RECURSIVEMATCH: something below it is subscribed and not listed itself.
        var hasSubscribedBelow = false

        /// A step of the hierarchy that is no mailbox and leads to other people's.
        var isRoot = false

        var info: MailboxInfo? { mailbox?.info }
        var hasChildren: Bool { mailbox?.hasChildren ?? false }
        /// RFC 6154: a special use is one person's, so that of others is not told.
        var isOwn: Bool { mailbox.map { $0.name == $0.info.name } ?? false }
        /// RFC 4314 §4: STATUS needs `r`, LIST does not.
        var mayRead: Bool { mailbox?.rights.contains(.read) ?? false }
    }

    private(set) var mailboxes: [SeenMailbox]
    let subscriptions: Set<MailboxName>
    let namespaces: HiddenNamespaces

    /// One pattern with the way its matches are spelled.
    private struct Search {
        let pattern: MailboxPattern
        let prefix: HiddenPrefix?

        func matches(_ name: MailboxName, _ effort: inout MailboxPattern.Effort) -> Bool {
            // Below an old prefix INBOX is not listed again: it is reachable under its own name.
            (prefix == nil || !name.isInbox) && pattern.matches(name, &effort)
        }

        func spelling(_ name: MailboxName) -> String { prefix?.spelling(of: name) ?? name.text }
    }

    func list(_ command: ListCommand) throws(IMAPFailure) -> [Entry] {
        let searches = searches(command)
        var effort = MailboxPattern.Effort()
        let onlySubscribed = command.selection.contains(.subscribed)
        var result = candidates(onlySubscribed: onlySubscribed).compactMap {
            entry(for: $0, searches, &effort)
        }
        if command.selection.isEmpty { addRoots(to: &result, searches, &effort) }
        if command.selection.contains(.specialUse) {
            result.removeAll { !$0.isOwn || $0.info?.role?.specialUse == nil }
        }
        if command.selection.contains(.recursiveMatch), onlySubscribed { addParents(to: &result, searches, &effort) }
        guard !effort.isSpent else { throw .patternsTooCostly }
        return result.sorted { $0.name < $1.name }
    }

    /// RFC 3501 §6.3.9: `LSUB "" %` names the parent, not selectable, when only something below it is subscribed.
    func lsub(_ command: ListCommand) throws(IMAPFailure) -> [Entry] {
        let searches = searches(command)
        var effort = MailboxPattern.Effort()
        var result = subscriptions.compactMap { entry(for: $0, searches, &effort) }
        if command.patterns.contains(where: { $0.bytes.last == UInt8(ascii: "%") }) {
            addParents(to: &result, searches, &effort)
        }
        guard !effort.isSpent else { throw .patternsTooCostly }
        return result.sorted { $0.name < $1.name }
    }

    private func candidates(onlySubscribed: Bool) -> [MailboxName] {
        onlySubscribed ? Array(subscriptions) : mailboxes.map(\.name)
    }

    private func entry(
        for name: MailboxName, _ searches: [Search], _ effort: inout MailboxPattern.Effort
    ) -> Entry? {
        guard let search = searches.first(where: { $0.matches(name, &effort) }) else { return nil }
        return Entry(
            name: name, spelling: search.spelling(name), separator: search.prefix?.separator ?? MailboxName.separator,
            mailbox: index[name], isSubscribed: subscriptions.contains(name))
    }

    private var index: [MailboxName: SeenMailbox]

    init(mailboxes: [SeenMailbox], subscriptions: Set<MailboxName>, namespaces: HiddenNamespaces) {
        self.mailboxes = mailboxes
        self.subscriptions = subscriptions
        self.namespaces = namespaces
        index = Dictionary(mailboxes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Steps above other people's mailboxes: listed for `%`, as any parent that is no mailbox (RFC 3501 §6.3.8).
    private var roots: Set<MailboxName> = []

    /// Mailboxes of somebody else, below `root`.
    mutating func add(_ others: [SeenMailbox], of root: [String]) {
        mailboxes += others
        for mailbox in others { index[mailbox.name] = mailbox }
        var step = MailboxName(components: root)
        while let current = step {
            roots.insert(current)
            step = current.parent
        }
        for mailbox in others {
            var parent = mailbox.name.parent
            while let current = parent, !roots.contains(current) {
                if index[current] == nil { roots.insert(current) }
                parent = current.parent
            }
        }
    }

    func hasOwn(_ name: String) -> Bool { MailboxName(name).map { index[$0] != nil } ?? false }

    /// Whether a command can show anything below these components, for what is no subscription alone.
    func mayReach(below root: [String], _ command: ListCommand) -> Bool {
        guard let reference = command.reference.text else { return false }
        let head = root.joined(separator: "/") + "/"
        return command.patterns.contains { pattern in
            guard let text = pattern.text.map({ reference + $0 }) else { return false }
            let literal = text.prefix { $0 != "*" && $0 != "%" }
            guard head.hasPrefix(literal) || literal.hasPrefix(head) else { return false }
            return text.contains("*") || text.count(where: { $0 == "/" }) >= root.count
        }
    }

    /// RFC 5258 §3.5: matching names that are listed only because of a subscribed one below them.
    private func addParents(
        to result: inout [Entry], _ searches: [Search], _ effort: inout MailboxPattern.Effort
    ) {
        var places = Dictionary(result.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        let listed = Set(places.keys)
        for name in subscriptions where !listed.contains(name) {
            var parent = name.parent
            while let current = parent {
                if let place = places[current] {
                    result[place].hasSubscribedBelow = true
                } else if var entry = entry(for: current, searches, &effort) {
                    entry.hasSubscribedBelow = true
                    places[current] = result.count
                    result.append(entry)
                }
                parent = current.parent
            }
        }
    }

    private func addRoots(
        to result: inout [Entry], _ searches: [Search], _ effort: inout MailboxPattern.Effort
    ) {
        let steps = searches.filter(\.pattern.endsWithinLevel)
        for name in roots where index[name] == nil {
            guard var entry = entry(for: name, steps, &effort) else { continue }
            entry.isRoot = true
            result.append(entry)
        }
    }

    private func searches(_ command: ListCommand) -> [Search] {
        guard let reference = command.reference.text else { return [] }
        return command.patterns.compactMap { pattern in
            pattern.text.map { search(reference + $0) }
        }
    }

    /// Whose account has a mailbox `mail` means its children by `mail/%`, not the whole account once more.
    private func isReal(_ prefix: HiddenPrefix) -> Bool {
        MailboxName(String(prefix.text.dropLast())).map { !$0.isInbox && index[$0] != nil } ?? false
    }

    private func search(_ text: String) -> Search {
        guard let (prefix, rest) = namespaces.split(text), !isReal(prefix) else {
            return Search(pattern: MailboxPattern(text), prefix: nil)
        }
        return Search(pattern: MailboxPattern(prefix.realPattern(rest)), prefix: prefix)
    }
}

extension IMAPFailure {
    /// Patterns and mailboxes together cost more than a person's client ever needs.
    static let patternsTooCostly = IMAPFailure.no("These patterns take too long: ask for less at once", code: .limit)
}
