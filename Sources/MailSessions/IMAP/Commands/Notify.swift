import MailMessage
import MailStore
import MailWire

/// NOTIFY (RFC 5465 §3.1). What it asks for is looked at first: a command that fails changes nothing.
extension IMAPSession {
    func notify(_ command: NotifyCommand) async throws -> IMAPReply {
        let login = try loggedIn()
        guard case .set(let request) = command else {
            notifyNothing()
            return .ok("Nothing will be told")
        }
        guard !request.namesUnknownEvent else {
            throw IMAPFailure.no("There is no such event here", code: .badEvent(NotifyEvents.names.map(\.name)))
        }
        let notifications = Notifications(NotifyPlan(request))
        try await begin(notifications, login)

        try await tellAccumulated()
        self.notifications?.stop()
        self.notifications = notifications
        tellBeginning(notifications, wantsStatus: request.wantsStatus)
        return .ok("As you wish")
    }

    /// NOTIFY NONE: no event of any kind, not even those of RFC 3501 in the selected mailbox.
    func notifyNothing() {
        notifications?.stop()
        notifications = Notifications(NotifyPlan())
    }

    /// The picture from which changes count. The watches come first, so that nothing falls between.
    private func begin(_ notifications: Notifications, _ login: IMAPLogin) async throws {
        guard notifications.plan.watchesOthers else { return }
        do {
            try await settlePlaces(of: notifications, login)
            for (id, place) in notifications.places {
                let look = try await look(at: place, login, withMetadata: false)
                notifications.places[id]?.picture = look.picture
                if let subscriptions = look.subscriptions { notifications.subscriptions = subscriptions }
            }
            guard !notifications.isTooMuch else { throw IMAPFailure.tooMuchToWatch }
        } catch {
            notifications.stop()
            throw error
        }
        notifications.selected = selectedDoor
        notifications.noteLook()
    }

    /// RFC 5465 §3.1: a successful NOTIFY SET is a NOOP as well, whatever was wanted before.
    private func tellAccumulated() async throws {
        let before = notifications
        notifications = nil
        defer { notifications = before }
        if hasNews { try await tellNews(mayExpunge: true) }
    }

    /// \NoAccess where messages are wanted that may not be read, and STATUS where it was asked for.
    private func tellBeginning(_ notifications: Notifications, wantsStatus: Bool) {
        let events = NotifyEvents.message
        let watched = notifications.watched.filter { !$0.events.isDisjoint(with: events) }
        for (mailbox, events) in watched.sorted(by: { $0.mailbox.name < $1.mailbox.name }) {
            let isSelected = selectedDoor.map { $0.leads(to: mailbox.seen) } ?? false
            if !mailbox.mayRead {
                send { $0.list(ListReply(mailbox: mailbox.name.text, attributes: [.noAccess])) }
            } else if wantsStatus, !isSelected {
                tellStatus(of: mailbox, events)
            }
        }
    }
}

extension MailboxDoor {
    func leads(to seen: SeenMailbox) -> Bool { account.id == seen.owner && id == seen.info.id }
}

extension IMAPFailure {
    static let tooMuchToWatch = IMAPFailure.no("Too many mailboxes to watch", code: .notificationOverflow)
}
