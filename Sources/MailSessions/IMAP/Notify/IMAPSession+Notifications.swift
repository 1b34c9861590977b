import MailMessage
import MailStore
import MailTransport
import MailWire

/// How changes outside of the selected mailbox reach a client that uses NOTIFY (RFC 5465 §5).
extension IMAPSession {
    var selectedDoor: MailboxDoor? {
        if case .selected(_, let mailbox) = state { mailbox.door } else { nil }
    }

    /// RFC 5465 §5: nobody need be told of what it has just done itself.
    func noteOwn(_ command: IMAPCommand.Body, _ code: ResponseCode?) {
        guard let notifications else { return }
        notifications.noteOwn(command)
        if case .selected(_, let mailbox) = state { notifications.noteOwn(code, in: mailbox) }
    }

    /// While the client waits, at most one look in `NotifyPlan.pauseMilliseconds`; what it asks for is done at once.
    func tellNotifications(isWaiting: Bool) async throws {
        guard let notifications, let login, notifications.hasNews(selected: selectedDoor) else { return }
        if isWaiting, !notifications.isDue { return wakeLater(notifications) }
        notifications.noteLook()
        if notifications.shares?.takeChanges(after: .zero) ?? false { try await settlePlaces(of: notifications, login) }
        let looks = try await looks(of: notifications, login)
        tell(looks, of: notifications)
        notifications.forgetOwnChanges()
        guard notifications.isTooMuch else { return }
        // RFC 5465 §5.8
        notifyNothing()
        send { $0.status(.ok, code: .notificationOverflow, "Too many mailboxes to watch: nothing more will be told") }
    }

    private func wakeLater(_ notifications: Notifications) {
        guard !notifications.isWakeSet else { return }
        notifications.isWakeSet = true
        Task {
            try? await Task.sleep(for: .milliseconds(NotifyPlan.pauseMilliseconds))
            self.notifications?.isWakeSet = false
            connection.signal()
        }
    }

    /// Accounts are watched before anything is read of them.
    func settlePlaces(of notifications: Notifications, _ login: IMAPLogin) async throws {
        watch(MailboxHome(account: login.account), for: notifications)
        guard notifications.plan.reachesOtherUsers else { return }
        if notifications.shares == nil { notifications.shares = newWatch(ChangeFeed.sharing) }
        // Not from the cache: this is the moment at which it is old.
        let access = try await services.store.directory.sharedAccess(of: login.entry.id, anew: true)
        for owner in access.owners {
            watch(try home(of: owner, access.viewer), for: notifications)
        }
    }

    private func watch(_ home: MailboxHome, for notifications: Notifications) {
        guard notifications.places[home.account.id] == nil else { return }
        notifications.places[home.account.id] = .init(home: home, watch: newWatch(home.account.id))
    }

    private func newWatch(_ account: AccountID) -> AccountWatch {
        let watch = AccountWatch()
        watch.setIdling(true)
        watch.start(account, in: services.store.changes, waking: connection)
        return watch
    }

    /// RFC 5465 §5.6, §5.7: annotations are read only for those who want to hear of them.
    func look(at place: Notifications.Place, _ login: IMAPLogin, withMetadata: Bool) async throws -> NotifyLook {
        let (home, user) = (place.home, login.entry.id)
        let clock = withMetadata && place.picture.clock != .zero ? place.picture.clock : nil
        return try await home.account.read { try NotifyLook($0, home, of: user, metadataSince: clock) }
    }

    private func looks(of notifications: Notifications, _ login: IMAPLogin) async throws -> [AccountID: NotifyLook] {
        let wantsMetadata = !notifications.plan.events.isDisjoint(with: [.mailboxMetadataChange, .serverMetadataChange])
        let left = notifications.hasLeft(selectedDoor) ? notifications.selected?.account.id : nil
        var looks: [AccountID: NotifyLook] = [:]
        for (id, place) in notifications.places {
            let isNew = place.picture.clock == .zero
            guard place.watch.takeChanges(after: place.picture.clock) || id == left || isNew else { continue }
            do { looks[id] = try await look(at: place, login, withMetadata: wantsMetadata) } catch {
                // Somebody else's account that cannot be read now is no trouble of this session's.
                guard !place.home.isOwn else { throw error }
            }
        }
        return looks
    }

    private func tell(_ looks: [AccountID: NotifyLook], of notifications: Notifications) {
        let before = notifications.subscriptions
        let after = looks.values.lazy.compactMap(\.subscriptions).first ?? before
        var all = NotifyNews()
        for (id, place) in notifications.places where looks[id] != nil || before != after {
            let selected = selectedDoor.flatMap { $0.account.id == id ? $0.id : nil }
            var picture = looks[id]?.picture ?? place.picture
            let comparison = NotifyComparison(
                plan: notifications.plan, before: before, after: after, selected: selected)
            all.add(comparison.news(place.picture, &picture, looks[id]?.metadata ?? []))
            if looks[id]?.subscriptions != nil { comparison.addSubscriptions(to: &all) }
            notifications.places[id]?.picture = picture
        }
        notifications.subscriptions = after
        notifications.selected = selectedDoor
        send(all, of: notifications)
    }

    /// Names first, so that whatever follows is about names the client knows; of them new ones of old mailboxes, for a
    /// mailbox that is no more under its old name would be forgotten with it.
    private func send(_ news: NotifyNews, of notifications: Notifications) {
        let known = news.listings.isEmpty ? [:] : notifications.mailboxesByName
        for (name, listing) in news.inOrder {
            let (mailbox, isSubscribed) = (known[name], notifications.subscriptions.contains(name))
            let isOwn = notifications.isOwn(
                name, exists: mailbox != nil, isSubscribed: isSubscribed, oldName: listing.oldName)
            guard !isOwn || listing.isDenied else { continue }
            send { $0.list(reply(name, listing, mailbox, isSubscribed: isSubscribed)) }
        }
        send { writer in
            for (name, entries) in news.metadata { writer.changedMetadata(of: name, entries) }
        }
        for (mailbox, events) in news.statuses { tellStatus(of: mailbox, events) }
    }

    private func reply(
        _ name: MailboxName, _ listing: NotifyNews.Listing, _ mailbox: NotifyPicture.Mailbox?, isSubscribed: Bool
    ) -> ListReply {
        var attributes: [ListReply.Attribute] = []
        if let mailbox {
            attributes.append(mailbox.seen.hasChildren ? .hasChildren : .hasNoChildren)
            // A special use is one person's.
            if let role = mailbox.seen.info.role, role.specialUse != nil, mailbox.seen.name == mailbox.seen.info.name {
                attributes.append(.role(role))
            }
            if listing.isDenied { attributes.append(.noAccess) }
        } else {
            attributes.append(.nonExistent)
        }
        if isSubscribed { attributes.append(.subscribed) }
        return ListReply(mailbox: name.text, attributes: attributes, oldName: listing.oldName?.text)
    }

    /// RFC 5465 §5.1, §5.2, §5.3: HIGHESTMODSEQ where flags are wanted, and for whoever knows CONDSTORE.
    func tellStatus(of mailbox: NotifyPicture.Mailbox, _ events: NotifyEvents) {
        var items: [StatusItem] = [.messages, .uidNext, .uidValidity]
        if events.contains(.flagChange) { items.append(.unseen) }
        if events.contains(.flagChange) || features.contains(.condstore) { items.append(.highestModSeq) }
        let values = statusValues(items, of: mailbox.seen.info, in: mailbox.seen.owner, recent: 0)
        send { $0.status(of: mailbox.name.text, values) }
    }
}
