/// ESEARCH (RFC 7377 §2.1): a search with the mailboxes it looks into.
package struct MultiSearchCommand: Sendable, Equatable {
    /// Never empty; without IN it is the selected one.
    package let sources: [MailboxFilter]
    /// Always by UID.
    package let search: SearchCommand

    package init(sources: [MailboxFilter], search: SearchCommand) {
        self.sources = sources
        self.search = search
    }
}

/// RFC 5465 §6, as RFC 7377 uses it.
package enum MailboxFilter: Sendable, Equatable {
    case selected
    case inboxes
    case personal
    case subscribed
    case subtree([WireMailbox])
    case subtreeOne([WireMailbox])
    case mailboxes([WireMailbox])
}
