import MailMessage
import MailStore
import MailWire

/// From a client's names to accounts: its own, or one that shares something.
extension IMAPSession {
    /// Where a client's name leads; a failure with `code` when it can lead nowhere.
    func target(
        _ mailbox: WireMailbox, _ login: IMAPLogin, code: ResponseCode = .nonExistent
    ) async throws -> MailboxTarget {
        let names = try candidates(mailbox, code: code)
        guard let foreign = try await foreignName(among: names, login) else {
            return MailboxTarget(home: MailboxHome(account: login.account), names: names)
        }
        guard let (owner, name) = OtherUsers.split(foreign), let home = try await home(of: owner, login) else {
            throw IMAPFailure.no("There is no such mailbox", code: code)
        }
        return MailboxTarget(home: home, names: [name])
    }

    /// The name when it is one of the other users' namespace. Whoever brought a mailbox of that name along keeps it.
    func foreignName(among names: [MailboxName], _ login: IMAPLogin) async throws -> MailboxName? {
        guard let name = names.first, OtherUsers.owns(name) else { return nil }
        guard let root = MailboxName(OtherUsers.prefix) else { return nil }
        let isOwn = try await login.account.read { try $0.mailboxID(root) != nil }
        return isOwn ? nil : name
    }

    /// Nil for everybody who shares nothing with this account: nobody's database is opened to find that out.
    func home(of owner: String, _ login: IMAPLogin) async throws -> MailboxHome? {
        let directory = services.store.directory
        guard let entry = try await directory.entry(login: owner) else { return nil }
        var access = try await directory.sharedAccess(of: login.entry.id)
        // Just shared, perhaps, by a session of another process: whoever was told of it tries it at once.
        if access.owner(entry.id) == nil { access = try await directory.sharedAccess(of: login.entry.id, anew: true) }
        return try access.owner(entry.id).map { try home(of: $0, access.viewer) }
    }

    func home(of owner: SharedAccess.Owner, _ viewer: Viewer) throws -> MailboxHome {
        MailboxHome(
            account: try services.store.account(owner.id),
            guest: MailboxHome.Guest(viewer: viewer, owner: owner.login))
    }

    /// Everything that others share with this session and that it may read, with the accounts it is in.
    func sharedMailboxes(
        _ login: IMAPLogin
    ) async throws -> (mailboxes: [SeenMailbox], homes: [AccountID: MailboxHome]) {
        let access = try await services.store.directory.sharedAccess(of: login.entry.id)
        var (mailboxes, homes): ([SeenMailbox], [AccountID: MailboxHome]) = ([], [:])
        for owner in access.owners {
            let home = try home(of: owner, access.viewer)
            homes[owner.id] = home
            mailboxes += try await home.account.read { try home.seen($0) }.filter { $0.rights.contains(.read) }
        }
        return (mailboxes, homes)
    }

    /// What the session listens to while it waits.
    func watch() throws -> AccountWatch {
        if case .selected(_, let mailbox) = state { return mailbox.watch }
        return try loggedIn().watch
    }

    /// The real names a client's name may mean; a failure with `code` when it can mean none.
    func candidates(_ mailbox: WireMailbox, code: ResponseCode = .nonExistent) throws -> [MailboxName] {
        guard var text = mailbox.text else { throw IMAPFailure.no("The name is not well-formed", code: .cannot) }
        if mailbox.hasTrailingSeparator { text.removeLast() }
        let names = services.settings.hiddenNamespaces.candidates(for: text)
        guard !names.isEmpty else { throw IMAPFailure.no("There is no such mailbox", code: code) }
        return names
    }
}
