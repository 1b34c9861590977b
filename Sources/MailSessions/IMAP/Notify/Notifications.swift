import MailMessage
import MailShared
import MailStore
import MailTransport
import MailWire

/// What NOTIFY has set up in one session. A class owned by the session's actor.
final class Notifications {
    /// One account that is watched.
    struct Place {
        let home: MailboxHome
        let watch: AccountWatch
        var picture = NotifyPicture()
    }

    let plan: NotifyPlan
    var places: [AccountID: Place] = [:]
    var subscriptions: Set<MailboxName> = []
    /// Wakes when somebody begins or ceases to share; nil when that makes no difference.
    var shares: AccountWatch?
    /// What was selected at the last look.
    var selected: MailboxDoor?
    /// What this client has just done itself and need not hear of (RFC 5465 §5).
    private var own: [MailboxName: OwnChange] = [:]
    private var ownRenames: [(from: MailboxName, to: MailboxName)] = []
    /// Messages it has just put into the selected mailbox (RFC 5465 §5.2).
    var ownMessages = UIDSet()
    private var sinceLook = Stopwatch()
    var isWakeSet = false

    struct OwnChange {
        var exists: Bool?
        var isSubscribed: Bool?
    }

    init(_ plan: NotifyPlan) { self.plan = plan }

    /// Nothing is told of the selected mailbox.
    var hidesSelected: Bool { plan.selectedEvents.isEmpty }

    func hasNews(selected now: MailboxDoor?) -> Bool {
        guard plan.watchesOthers else { return false }
        return hasLeft(now) || shares?.hasChanges(after: .zero) ?? false
            || places.values.contains { $0.watch.hasChanges(after: $0.picture.clock) }
    }

    /// The mailbox that was selected is one of the others again.
    func hasLeft(_ now: MailboxDoor?) -> Bool {
        selected.map { door in now.map { !$0.leads(to: door) } ?? true } ?? false
    }

    /// Coalesces what comes in a burst.
    var isDue: Bool { sinceLook.microseconds >= UInt64(NotifyPlan.pauseMilliseconds) * 1_000 }
    func noteLook() { sinceLook = Stopwatch() }

    /// All mailboxes of which anything is wanted.
    var watched: [(mailbox: NotifyPicture.Mailbox, events: NotifyEvents)] {
        places.values.flatMap(\.picture.mailboxes.values).compactMap { mailbox in
            let events = plan.events(of: mailbox.name, isSubscribed: subscriptions.contains(mailbox.name))
            return events.isEmpty ? nil : (mailbox, events)
        }
    }

    var isTooMuch: Bool {
        places.count > NotifyPlan.accountLimit + 1
            || places.values.reduce(0) { $0 + $1.picture.mailboxes.count } > NotifyPlan.mailboxLimit
                && watched.count > NotifyPlan.mailboxLimit
    }

    var mailboxesByName: [MailboxName: NotifyPicture.Mailbox] {
        Dictionary(
            places.values.flatMap(\.picture.mailboxes.values).map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Whether this is what the client has just made of it.
    func isOwn(_ name: MailboxName, exists: Bool, isSubscribed: Bool, oldName: MailboxName?) -> Bool {
        if let oldName, ownRenames.contains(where: { oldName.isBelow($0.from) && name.isBelow($0.to) }) { return true }
        guard let change = own[name] else { return false }
        return change.exists.map { $0 == exists } ?? true && change.isSubscribed.map { $0 == isSubscribed } ?? true
    }

    func noteOwn(_ command: IMAPCommand.Body) {
        switch command {
        case .create(let command): note(command.mailbox) { $0.exists = true }
        case .delete(let mailbox): note(mailbox) { $0.exists = false }
        case .rename(let from, let to):
            note(from) { $0.exists = false }
            note(to) { $0.exists = true }
            if plan.watchesOthers, let from = from.name, let to = to.name { ownRenames.append((from, to)) }
        case .subscribe(let mailbox): note(mailbox) { $0.isSubscribed = true }
        case .unsubscribe(let mailbox): note(mailbox) { $0.isSubscribed = false }
        default: break
        }
    }

    func forgetOwnChanges() { (own, ownRenames) = ([:], []) }

    func noteOwn(_ code: ResponseCode?, in mailbox: SelectedMailbox) {
        switch code {
        case .appendUID(mailbox.uidValidity, let uids), .copyUID(mailbox.uidValidity, _, let uids):
            ownMessages.formUnion(uids)
        default: break
        }
    }

    private func note(_ mailbox: WireMailbox, _ change: (inout OwnChange) -> Void) {
        if plan.watchesOthers, let name = mailbox.name { change(&own[name, default: OwnChange()]) }
    }

    func stop() {
        for place in places.values { place.watch.stop() }
        shares?.stop()
    }
}
