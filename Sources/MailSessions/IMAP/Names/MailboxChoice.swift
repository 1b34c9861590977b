import MailMessage
import MailStore
import MailWire

/// The mailboxes that a filter of NOTIFY or ESEARCH names (RFC 5465 §6, RFC 7377 §2.2), ready to be asked about many. Pure.
enum MailboxChoice: Sendable {
    case inboxes, personal, subscribed
    case subtree(Set<MailboxName>), subtreeOne(Set<MailboxName>), mailboxes(Set<MailboxName>)

    init(_ filter: MailboxFilter) {
        switch filter {
        // The session's to answer.
        case .selected: self = .mailboxes([])
        case .inboxes: self = .inboxes
        case .personal: self = .personal
        case .subscribed: self = .subscribed
        // No wildcards (RFC 5465 §6.6), and what can be no name is ignored.
        case .subtree(let roots): self = .subtree(Set(roots.compactMap(\.name)))
        case .subtreeOne(let roots): self = .subtreeOne(Set(roots.compactMap(\.name)))
        case .mailboxes(let names): self = .mailboxes(Set(names.compactMap(\.name)))
        }
    }

    func contains(_ name: MailboxName, isSubscribed: Bool) -> Bool {
        switch self {
        case .inboxes: return name.isInbox
        case .personal: return !OtherUsers.owns(name)
        case .subscribed: return isSubscribed
        case .mailboxes(let names): return names.contains(name)
        case .subtreeOne(let roots): return roots.contains(name) || name.parent.map(roots.contains) ?? false
        case .subtree(let roots):
            var step: MailboxName? = name
            while let current = step {
                if roots.contains(current) { return true }
                step = current.parent
            }
            return false
        }
    }

    var reachesOtherUsers: Bool {
        switch self {
        case .inboxes, .personal: false
        case .subscribed: true
        case .subtree(let names), .subtreeOne(let names), .mailboxes(let names): names.contains(where: OtherUsers.owns)
        }
    }
}
