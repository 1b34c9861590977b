package import MailMessage
package import MailStore

/// Mail of one account as a backup has it and the account has not.
package struct BackupMail: Sendable {
    package struct Item: Sendable {
        package let mailbox: MailboxName
        package let uid: UID
        package let size: Int64
        package let receivedAt: EpochSeconds
        package let subject: String
        let flags: [Flag]
    }
    package let items: [Item]
}

/// Which of it somebody wants back.
package struct BackupMailFilter: Sendable {
    /// Nil: every mailbox; with everything below it.
    package var mailbox: MailboxName?
    /// Nil: every message; else those with these UIDs in the backup.
    package var wanted: [UID]?
    package var since: EpochSeconds?

    package init() {}
}

/// An account of a backup, brought into a scratch store to look into.
package struct BackupAccount: Sendable {
    private let old: MailStore
    private let account: AccountID
    /// All that the backup has of it.
    package let messages: Int

    /// `scratch` must be an empty folder, or none; whoever gave it takes it away.
    package init(
        _ account: AccountID, from backup: (repository: BackupRepository, snapshot: BackupSnapshot), scratch: String,
        now: EpochSeconds, copied: @escaping CopyWatch = { _ in }
    ) throws(AdminError) {
        let entry = backup.snapshot.entry(of: account)
        messages = Int(entry?.messages ?? 0)
        self.account = account
        do {
            try MailStore.restore(
                backup.snapshot, of: backup.repository, to: scratch, now: now, isScratch: true, only: account,
                copied: copied)
            old = try MailStore(at: scratch)
        } catch { throw .store(error) }
    }

    package func close() async { await old.close() }

    /// What the filter means and the live account does not have: in the mailbox it would go to, of the same size, date and bytes.
    /// A mailbox or a UID the backup does not have is a mistake, not an empty choice.
    package func missing(
        in administration: Administration, _ filter: BackupMailFilter, place: MailboxName? = nil,
        looked: CopyWatch = { _ in }
    ) async throws(AdminError) -> BackupMail {
        do {
            let source = try old.account(account)
            let live = try administration.store.account(account)
            var (there, present): (MailboxName?, PresentMessages) = (nil, PresentMessages())
            var missing: [BackupMail.Item] = []
            // One mailbox after the other.
            for item in try await items(filter, in: source) {
                let target = ImportTarget(account: live, limit: nil, mailbox: place ?? item.mailbox)
                if there != target.mailbox { (there, present) = (target.mailbox, try await target.present()) }
                if try await !target.take(try await message(item, of: source), from: &present) { missing.append(item) }
                try looked(1)
            }
            return BackupMail(items: missing)
        } catch { throw AdminError(error) }
    }

    /// Puts it into the mailboxes it was in; those that have gone are made anew, and shared as they were. All of it fits within
    /// the account's limit, or none comes back. What was done is noted, also when something fails.
    package func restore(
        _ mail: BackupMail, into entry: AccountEntry, place: MailboxName? = nil, ignoresQuota: Bool = false,
        _ administration: Administration, progress: CopyWatch
    ) async throws(AdminError) {
        var done = 0
        var failure: (any Error)?
        do {
            let account = try administration.store.account(entry.id)
            let limit = ignoresQuota ? nil : try await administration.directory.limit(of: entry.id)
            let parts = try await account.read { reader in
                try reader.fitting(mail.items, within: limit ?? .unlimited) { (place ?? $0.mailbox, $0.size) }
            }
            for item in parts.joined() {
                try progress(0)
                let target = ImportTarget(account: account, limit: limit, mailbox: place ?? item.mailbox)
                try await bring(item, to: target, isItsOwnPlace: place == nil, administration)
                done += 1
                try progress(1)
            }
        } catch { failure = error }
        do {
            if failure == nil || done > 0 { try await note(done, of: entry, administration) }
            if let failure { throw failure }
        } catch { throw AdminError(error) }
    }

    private func bring(
        _ item: BackupMail.Item, to target: ImportTarget, isItsOwnPlace: Bool, _ administration: Administration
    ) async throws {
        let source = try old.account(account)
        if try await target.make(), isItsOwnPlace {
            try await target.share(try await grants(on: item.mailbox, of: source, administration))
        }
        try await target.append([try await message(item, of: source)])
    }

    private func note(_ count: Int, of entry: AccountEntry, _ administration: Administration) async throws {
        try await administration.store.sharesMayHaveChanged(of: entry.id)
        try await administration.writing { try $0.noteRestore("\(count) messages from a backup", of: entry.id) }
    }

    private func items(_ filter: BackupMailFilter, in source: Account) async throws -> [BackupMail.Item] {
        let mailboxes = try await source.read { try $0.mailboxes() }.filter { filter.admits($0.name) }
        if let name = filter.mailbox, mailboxes.isEmpty { throw StoreError.noSuchMailbox(name) }
        var items: [BackupMail.Item] = []
        for mailbox in mailboxes {
            items += try await Self.items(of: mailbox, in: source).filter { filter.admits($0) }
        }
        if let wanted = filter.wanted, let lost = wanted.first(where: { uid in !items.contains { $0.uid == uid } }) {
            throw AdminError.noSuch(kind: "message", name: "UID \(lost.value)", near: nil)
        }
        return items
    }

    /// For whoever is still there to be given them.
    private func grants(
        on name: MailboxName, of source: Account, _ administration: Administration
    ) async throws -> [Grant] {
        let grants = try await source.read { reader in
            try reader.mailbox(name).map { try reader.grants(on: $0.id) } ?? []
        }
        guard !grants.isEmpty else { return [] }
        return try await administration.directory.read { reader in
            try grants.filter { try reader.isThere($0.grantee) }
        }
    }

    private static func items(of mailbox: MailboxInfo, in source: Account) async throws -> [BackupMail.Item] {
        try await source.read { reader in
            let keywords = try reader.keywords()
            var subjects: [UID: String] = [:]
            try reader.facts(in: mailbox.id, UIDSet(.first ... .last)) { uid, envelope, _ in
                subjects[uid] = EnvelopeText(envelope).string(.subject).map { EncodedWord.decode($0) }
            }
            var items: [BackupMail.Item] = []
            try reader.rows(in: mailbox.id, UIDSet(.first ... .last)) { row in
                items.append(
                    .init(
                        mailbox: mailbox.name, uid: row.uid, size: row.size, receivedAt: row.receivedAt,
                        subject: subjects[row.uid] ?? "", flags: keywords.flags(of: row.flags)))
            }
            return items
        }
    }

    private func message(_ item: BackupMail.Item, of source: Account) async throws -> ImportedMessage {
        ImportedMessage(bytes: try await bytes(item, of: source), flags: item.flags, receivedAt: item.receivedAt)
    }

    private func bytes(_ item: BackupMail.Item, of source: Account) async throws -> [UInt8] {
        let body = try await source.read { reader in
            guard let mailbox = try reader.mailbox(item.mailbox) else { throw StoreError.noSuchMailbox(item.mailbox) }
            return try reader.body(of: mailbox.id, uid: item.uid)
        }
        switch body {
        case .inline(let bytes): return bytes
        case .file(let path, _): return try FileSystem.bytes(of: path)
        }
    }
}

extension BackupMailFilter {
    func admits(_ name: MailboxName) -> Bool {
        guard let mailbox else { return true }
        return name == mailbox || name.description.hasPrefix(mailbox.description + "/")
    }

    func admits(_ item: BackupMail.Item) -> Bool {
        if let wanted { guard wanted.contains(item.uid) else { return false } }
        return since.map { item.receivedAt >= $0 } ?? true
    }
}
