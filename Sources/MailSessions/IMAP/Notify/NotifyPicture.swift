import MailMessage
import MailStore
import MailWire

/// What a client that uses NOTIFY believes of the mailboxes of one account.
struct NotifyPicture: Sendable {
    /// What STATUS says.
    struct Counts: Sendable, Equatable {
        let total: Int
        let unseen: Int
        let uidNext: UID
        let uidValidity: UInt32
        let highestModSeq: ModSeq

        init(_ info: MailboxInfo) {
            total = info.total
            unseen = info.unseen
            uidNext = info.uidNext
            uidValidity = info.uidValidity
            highestModSeq = info.highestModSeq
        }

        /// Without FlagChange only messages that come and go count.
        func differs(from other: Counts, for events: NotifyEvents) -> Bool {
            guard !events.contains(.flagChange) else { return self != other }
            return (total, uidNext, uidValidity) != (other.total, other.uidNext, other.uidValidity)
        }
    }

    struct Mailbox: Sendable {
        let seen: SeenMailbox
        /// What the client was told last: not what is there, while the mailbox is selected.
        var told: Counts

        init(_ seen: SeenMailbox) {
            self.seen = seen
            told = Counts(seen.info)
        }

        var name: MailboxName { seen.name }
        var mayRead: Bool { seen.rights.contains(.read) }
    }

    var mailboxes: [MailboxID: Mailbox] = [:]
    var clock = ModSeq.zero
}

/// One look into an account, in one transaction: one query for all of its mailboxes.
struct NotifyLook: Sendable {
    var picture = NotifyPicture()
    /// Of the session's own account.
    var subscriptions: Set<MailboxName>?
    var metadata: [MetadataChange] = []

    init(_ reader: AccountReader, _ home: MailboxHome, of user: AccountID, metadataSince clock: ModSeq?) throws {
        for seen in try home.seen(reader) { picture.mailboxes[seen.info.id] = .init(seen) }
        picture.clock = try reader.modseq
        if home.isOwn { subscriptions = try reader.subscriptions() }
        if let clock { metadata = try reader.changedMetadata(since: clock, for: user) }
    }
}

/// What has to be told of one account.
struct NotifyNews: Sendable {
    struct Listing: Sendable {
        var oldName: MailboxName?
        var isDenied = false
    }

    /// LIST responses by the name they are about.
    var listings: [MailboxName: Listing] = [:]
    var metadata: [(name: String, entries: [MetadataEntry])] = []
    var statuses: [(mailbox: NotifyPicture.Mailbox, events: NotifyEvents)] = []

    /// Moved mailboxes first, then by name.
    var inOrder: [(key: MailboxName, value: Listing)] {
        let sorted = listings.sorted { $0.key < $1.key }
        return sorted.filter { $0.value.oldName != nil } + sorted.filter { $0.value.oldName == nil }
    }

    mutating func add(_ other: NotifyNews) {
        listings.merge(other.listings) { first, _ in first }
        metadata += other.metadata
        statuses += other.statuses
    }
}

/// From one picture to the next. Pure.
struct NotifyComparison {
    let plan: NotifyPlan
    let before: Set<MailboxName>
    let after: Set<MailboxName>
    /// RFC 5465 §6.1: of the selected mailbox messages are told by SELECTED alone.
    let selected: MailboxID?

    /// What is told counts as told in `new`.
    func news(_ old: NotifyPicture, _ new: inout NotifyPicture, _ metadata: [MetadataChange]) -> NotifyNews {
        var news = NotifyNews()
        let hasRenames = new.mailboxes.contains { id, mailbox in
            old.mailboxes[id].map { $0.name != mailbox.name } ?? false
        }
        let names = hasRenames ? Set(new.mailboxes.values.map(\.name)) : []
        compareNames(old, new, taken: names, &news)
        compareCounts(old, &new, taken: names, &news)
        addMetadata(metadata, new, &news)
        return news
    }

    private func events(of name: MailboxName, _ subscriptions: Set<MailboxName>) -> NotifyEvents {
        plan.events(of: name, isSubscribed: subscriptions.contains(name))
    }

    /// A name that is or was wanted: what has just been unsubscribed is told once more.
    private func wants(_ event: NotifyEvents, _ name: MailboxName) -> Bool {
        !events(of: name, after).union(events(of: name, before)).isDisjoint(with: event)
    }

    /// An old name in `taken` is another mailbox's now: OLDNAME would take that one away from the client.
    private func compareNames(
        _ old: NotifyPicture, _ new: NotifyPicture, taken: Set<MailboxName>, _ news: inout NotifyNews
    ) {
        for (id, mailbox) in new.mailboxes {
            guard let known = old.mailboxes[id] else {
                if wants(.mailboxName, mailbox.name) { news.listings[mailbox.name] = .init() }
                continue
            }
            if known.name != mailbox.name, wants(.mailboxName, mailbox.name) || wants(.mailboxName, known.name) {
                news.listings[mailbox.name] = .init(oldName: taken.contains(known.name) ? nil : known.name)
            }
            // RFC 5465 §5.9
            if known.mayRead, !mailbox.mayRead, wants(.message, mailbox.name) {
                news.listings[mailbox.name, default: .init()].isDenied = true
            }
        }
        for (id, known) in old.mailboxes where new.mailboxes[id] == nil && wants(.mailboxName, known.name) {
            if news.listings[known.name] == nil { news.listings[known.name] = .init() }
        }
    }

    /// Also what has come into sight, or under a filter, since: the client has never heard of it.
    private func compareCounts(
        _ old: NotifyPicture, _ new: inout NotifyPicture, taken: Set<MailboxName>, _ news: inout NotifyNews
    ) {
        for (id, mailbox) in new.mailboxes {
            let known = old.mailboxes[id]
            guard id != selected else {
                if let known { new.mailboxes[id]?.told = known.told }
                continue
            }
            let wanted = events(of: mailbox.name, after).intersection(.message)
            guard mailbox.mayRead, !wanted.isEmpty else { continue }
            if let known, wasWatched(known), known.name == mailbox.name || !taken.contains(known.name),
                !mailbox.told.differs(from: known.told, for: wanted)
            {
                continue
            }
            news.statuses.append((mailbox, wanted))
        }
        news.statuses.sort { $0.mailbox.name < $1.mailbox.name }
    }

    /// RFC 5465 §5.5; a name that has changed as well is told once.
    func addSubscriptions(to news: inout NotifyNews) {
        for name in before.symmetricDifference(after) where wants(.subscriptionChange, name) {
            if news.listings[name] == nil { news.listings[name] = .init() }
        }
    }

    private func wasWatched(_ known: NotifyPicture.Mailbox) -> Bool {
        known.mayRead && !events(of: known.name, before).isDisjoint(with: .message)
    }

    private func addMetadata(_ changes: [MetadataChange], _ new: NotifyPicture, _ news: inout NotifyNews) {
        for (id, changes) in Dictionary(grouping: changes, by: \.mailbox) {
            let entries = changes.map(\.entry).sorted()
            guard let id else {
                if plan.events.contains(.serverMetadataChange) { news.metadata.append(("", entries)) }
                continue
            }
            guard let mailbox = new.mailboxes[id], mailbox.seen.rights.contains([.lookUp, .read]),
                events(of: mailbox.name, after).contains(.mailboxMetadataChange)
            else { continue }
            news.metadata.append((mailbox.name.text, entries))
        }
        news.metadata.sort { $0.name < $1.name }
    }
}
