package import MailMessage
package import MailStore

/// What `mailctl share` does: rights, subscription and the permission to send, in one go.
extension Administration {
    package func parties(_ owner: String, _ grantee: String) async throws(AdminError) -> ShareParties {
        let owner = try await account(owner)
        guard grantee.first == "$" else {
            let person = try await account(grantee)
            guard person.id != owner.id else { throw .wrongData("\(owner.login) has every right already") }
            return ShareParties(
                owner: owner, grantee: .account(person.id), granteeName: person.login.text, person: person)
        }
        let found = try await reading { try $0.grantee(named: grantee) }
        guard let found else { throw .noSuch(kind: "org", name: String(grantee.dropFirst()), near: nil) }
        return ShareParties(owner: owner, grantee: found, granteeName: grantee, person: nil)
    }

    package func mailboxNames(of owner: AccountEntry) async throws(AdminError) -> [MailboxName] {
        do { return try await store.account(owner.id).read { try $0.mailboxes().map(\.name) } } catch {
            throw AdminError(error)
        }
    }

    /// Gives the rights, makes the mailboxes show up in the person's program, and lets it send. What is as wanted stays.
    package func share(_ parties: ShareParties, _ request: ShareRequest) async throws(AdminError) -> [ShareEntry] {
        try await requireMailboxes(request.mailboxes, of: parties.owner)
        var entries: [ShareEntry] = []
        for mailbox in request.mailboxes {
            entries.append(try await set(request.rights, on: mailbox, parties, isDryRun: request.isDryRun))
        }
        guard let person = parties.person else { return entries }
        if request.subscribes, !request.isDryRun {
            try await subscribe(person, to: request.mailboxes, of: parties.owner, true)
        }
        if request.sendAs { entries.append(try await letSend(person, parties, true, isDryRun: request.isDryRun)) }
        return entries
    }

    /// Takes rights on these mailboxes away; on all of them, subscriptions and permission included, when none is named.
    package func unshare(
        _ parties: ShareParties, _ mailboxes: [MailboxName], isDryRun: Bool
    ) async throws(AdminError) -> [ShareEntry] {
        try await requireMailboxes(mailboxes, of: parties.owner)
        let shared = try await shares(of: parties.owner).filter { $0.grantee == parties.granteeName }
        let wanted = mailboxes.isEmpty ? shared.compactMap(\.mailbox) : mailboxes
        var entries: [ShareEntry] = []
        for mailbox in wanted { entries.append(try await set([], on: mailbox, parties, isDryRun: isDryRun)) }
        guard let person = parties.person else { return entries }
        if !isDryRun { try await subscribe(person, to: wanted, of: parties.owner, false) }
        if mailboxes.isEmpty, shared.contains(where: \.maySend) {
            entries.append(try await letSend(person, parties, false, isDryRun: isDryRun))
        }
        return entries
    }

    /// All that an account shares, and who may send as it. Brings the directory's hints up to date on the way.
    package func shares(of owner: AccountEntry) async throws(AdminError) -> [ShareEntry] {
        do {
            try await store.refreshShares(of: owner.id)
            let grants = try await store.account(owner.id).read { reader in
                try reader.mailboxes().map { (mailbox: $0.name, list: try reader.grants(on: $0.id)) }
            }
            return try await directory.read { reader in
                let given = try grants.flatMap { mailbox, list in
                    try list.map { ShareEntry(owner.login, mailbox, $0, try reader.name(of: $0.grantee)) }
                }
                let permissions = try reader.sendAs().filter { $0.owner == owner.id }
                return try given
                    + permissions.map { permission in
                        ShareEntry(
                            owner: owner.login, mailbox: nil,
                            grantee: try reader.name(of: .account(permission.grantee)), maySend: true)
                    }
            }
        } catch {
            throw AdminError(error)
        }
    }

    /// Whoever shares anything or lets anybody send.
    package func sharingAccounts() async throws(AdminError) -> [AccountEntry] {
        try await reading { reader in
            let owners = Set(try reader.sharingOwners() + reader.sendAs().map(\.owner))
            return try owners.sorted().compactMap { try reader.account($0) }.filter { $0.status != .removed }
        }
    }
}

extension Administration {
    private func requireMailboxes(_ names: [MailboxName], of owner: AccountEntry) async throws(AdminError) {
        let known = Set(try await mailboxNames(of: owner))
        for name in names where !known.contains(name) { throw .noSuch(kind: "mailbox", name: name.text, near: nil) }
    }

    private func set(
        _ rights: MailboxRights, on mailbox: MailboxName, _ parties: ShareParties, isDryRun: Bool
    ) async throws(AdminError) -> ShareEntry {
        let (owner, grantee) = (parties.owner, parties.grantee)
        let find: @Sendable (AccountReader) throws -> MailboxInfo = { reader in
            guard let found = try reader.mailbox(mailbox) else { throw StoreError.noSuchMailbox(mailbox) }
            return found
        }
        do {
            guard isDryRun else {
                let change = GrantChange(grantee, .replace, rights)
                let done = try await store.share(owner.id, by: actor, change, find: find)
                return ShareEntry(
                    owner: owner.login, mailbox: mailbox, grantee: parties.granteeName, before: done.before,
                    rights: done.after)
            }
            let before = try await store.account(owner.id).read { reader in
                try reader.grants(on: find(reader).id).first { $0.grantee == grantee && !$0.isNegative }?.rights
            }
            return ShareEntry(
                owner: owner.login, mailbox: mailbox, grantee: parties.granteeName, before: before ?? [],
                rights: rights)
        } catch {
            throw AdminError(error)
        }
    }

    private func subscribe(
        _ person: AccountEntry, to mailboxes: [MailboxName], of owner: AccountEntry, _ wanted: Bool
    ) async throws(AdminError) {
        let names = mailboxes.compactMap { MailboxName(components: OtherUsers.root(of: owner.login) + $0.components) }
        do {
            try await store.account(person.id).write { transaction in
                for name in names { try transaction.subscribe(name, wanted) }
            }
        } catch {
            throw AdminError(error)
        }
    }

    private func letSend(
        _ person: AccountEntry, _ parties: ShareParties, _ isAllowed: Bool, isDryRun: Bool
    ) async throws(AdminError) -> ShareEntry {
        let owner = parties.owner.id
        if !isDryRun { _ = try await writing { try $0.setSendAs(owner, by: person.id, isAllowed) } }
        return ShareEntry(
            owner: parties.owner.login, mailbox: nil, grantee: parties.granteeName, maySend: isAllowed)
    }
}

extension ShareEntry {
    fileprivate init(_ owner: LoginName, _ mailbox: MailboxName, _ grant: Grant, _ name: String) {
        self.init(
            owner: owner, mailbox: mailbox, grantee: (grant.isNegative ? "-" : "") + name, before: grant.rights,
            rights: grant.rights)
    }
}
