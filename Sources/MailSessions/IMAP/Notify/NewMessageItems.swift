import MailMessage
import MailStore
import MailTransport
import MailWire

/// What a client has asked to get of each new message without asking again: by NOTIFY (RFC 5465 §5.2) and by searches
/// it follows (§7). What is wanted of one message is one response. Pure.
struct NewMessageItems: Sendable {
    private var items: [UID: [FetchItem]] = [:]
    private let new: [UID]

    init(_ new: [UID], _ everywhere: [FetchItem], except own: UIDSet = []) {
        self.new = new
        add(everywhere, for: UIDSet(new).subtracting(own))
    }

    mutating func add(_ more: [FetchItem], for uids: UIDSet) {
        guard !more.isEmpty else { return }
        for uid in new where uids.contains(uid) {
            let known = items[uid] ?? []
            items[uid] = known + more.filter { !known.contains($0) }
        }
    }

    /// Messages of which the same is wanted, the oldest first.
    var groups: [(items: [FetchItem], uids: UIDSet)] {
        Dictionary(grouping: items.keys) { items[$0] ?? [] }.map { ($0.key, UIDSet($0.value.sorted())) }
            .sorted { ($0.uids.ranges.first?.lowerBound ?? .last) < ($1.uids.ranges.first?.lowerBound ?? .last) }
    }
}

extension IMAPSession {
    /// We deliberately set no \Seen here: the client has not asked for this very message (RFC 5465 §5.2).
    func fetch(_ wanted: NewMessageItems, in mailbox: SelectedMailbox) async {
        for group in wanted.groups {
            let items = group.items.contains(.uid) || features.contains(.uidOnly) ? group.items : [.uid] + group.items
            let reader = FetchReader(
                plan: FetchPlan(items, changedSince: nil, marksSeen: false, features),
                account: mailbox.door.account.id, mailbox: mailbox.id, uids: mailbox.view.uids, recent: mailbox.recent,
                encoding: encoding)
            do { _ = try await answer(reader, group.uids, mailbox) } catch {
                // Half a literal has been sent. Otherwise the client's own FETCH will say what is wrong.
                if (error as? IMAPFailure)?.endsSession ?? false { connection.close() }
            }
        }
    }
}
