/// NOTIFY (RFC 5465 §3.1).
package enum NotifyCommand: Sendable, Equatable {
    /// NOTIFY NONE: nothing is to be told.
    case nothing
    case set(NotifyRequest)
}

package struct NotifyRequest: Sendable, Equatable {
    /// The client wants to hear how things are before it hears how they change.
    package var wantsStatus = false
    /// In the client's order: of two that name a mailbox the first holds.
    package var groups: [NotifyGroup] = []
    /// An event is among them that this server does not know.
    package var namesUnknownEvent = false

    package init(wantsStatus: Bool = false, groups: [NotifyGroup] = [], namesUnknownEvent: Bool = false) {
        self.wantsStatus = wantsStatus
        self.groups = groups
        self.namesUnknownEvent = namesUnknownEvent
    }
}

/// Some mailboxes, and what the client wants to hear of them.
package struct NotifyGroup: Sendable, Equatable {
    package let filter: NotifyFilter
    package var events: NotifyEvents = []
    /// Of new messages in the selected mailbox.
    package var fetchItems: [FetchItem] = []

    package init(_ filter: NotifyFilter, _ events: NotifyEvents = [], fetchItems: [FetchItem] = []) {
        self.filter = filter
        self.events = events
        self.fetchItems = fetchItems
    }
}

package enum NotifyFilter: Sendable, Equatable {
    /// RFC 5465 §6.1.1: EXPUNGE at any time. §6.1.2: only where RFC 3501 has it.
    case selected(isDelayed: Bool)
    case mailboxes(MailboxFilter)

    package var isSelected: Bool {
        if case .selected = self { true } else { false }
    }
}

package struct NotifyEvents: OptionSet, Sendable, Equatable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let messageNew = NotifyEvents(rawValue: 1)
    package static let messageExpunge = NotifyEvents(rawValue: 2)
    package static let flagChange = NotifyEvents(rawValue: 4)
    package static let mailboxName = NotifyEvents(rawValue: 8)
    package static let subscriptionChange = NotifyEvents(rawValue: 16)
    package static let mailboxMetadataChange = NotifyEvents(rawValue: 32)
    package static let serverMetadataChange = NotifyEvents(rawValue: 64)

    package static let message: NotifyEvents = [.messageNew, .messageExpunge, .flagChange]

    /// As BADEVENT lists them.
    package static let names: [(name: String, event: NotifyEvents)] = [
        ("MessageNew", .messageNew), ("MessageExpunge", .messageExpunge), ("FlagChange", .flagChange),
        ("MailboxName", .mailboxName), ("SubscriptionChange", .subscriptionChange),
        ("MailboxMetadataChange", .mailboxMetadataChange), ("ServerMetadataChange", .serverMetadataChange),
    ]
}
