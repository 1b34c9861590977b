import MailMessage
import MailStore
import MailWire

/// What a client wants to hear (RFC 5465 §6), ready to be asked about names. Pure.
struct NotifyPlan: Sendable {
    /// Mailboxes watched in one session; more is NOTIFICATIONOVERFLOW.
    static let mailboxLimit = 2_000
    /// Other people's accounts watched in one session.
    static let accountLimit = 100
    /// Between two looks at mailboxes that are not selected, while the client waits.
    static let pauseMilliseconds = 250

    /// Of the selected mailbox; empty when the client wants to hear nothing of it.
    private(set) var selectedEvents: NotifyEvents = []
    private(set) var isDelayed = false
    private(set) var fetchItems: [FetchItem] = []
    private var groups: [(choice: MailboxChoice, events: NotifyEvents)] = []

    /// NOTIFY NONE.
    init() {}

    init(_ request: NotifyRequest) {
        for group in request.groups {
            switch group.filter {
            case .selected(let isDelayed):
                selectedEvents = group.events
                self.isDelayed = isDelayed
                fetchItems = group.fetchItems
            case .mailboxes(let filter): groups.append((MailboxChoice(filter), group.events))
            }
        }
    }

    var watchesOthers: Bool { !groups.isEmpty }
    /// All that is asked for anywhere but in the selected mailbox.
    var events: NotifyEvents { groups.reduce(into: []) { $0.formUnion($1.events) } }

    /// Whether a name of other people's mailboxes can be meant.
    var reachesOtherUsers: Bool { groups.contains { $0.choice.reachesOtherUsers } }

    /// The first group that names the mailbox holds; one that no group names is silent (RFC 5465 §6).
    func events(of name: MailboxName, isSubscribed: Bool) -> NotifyEvents {
        groups.first { $0.choice.contains(name, isSubscribed: isSubscribed) }?.events ?? []
    }
}
