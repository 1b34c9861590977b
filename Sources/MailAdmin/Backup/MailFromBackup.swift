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
    /// Nil: every message; else that of the backup's UIDs.
    package var uids: UIDSet?
    package var since: EpochSeconds?

    package init() {}
}

/// An account of a backup, brought into a scratch store to look into.
package struct BackupAccount: Sendable {
    private let old: MailStore
    private let account: AccountID

    /// `scratch` must be an empty folder, or none; whoever gave it takes it away.
    package init(
        _ account: AccountID, from backup: (repository: BackupRepository, snapshot: BackupSnapshot), scratch: String,
        now: EpochSeconds
    ) throws(AdminError) {
        do {
            try MailStore.restore(
                backup.snapshot, of: backup.repository, to: scratch, now: now, isScratch: true, only: account)
            old = try MailStore(at: scratch)
            self.account = account
        } catch { throw .store(error) }
    }

    package func close() async { await old.close() }

    /// What the filter means and the live account does not have: of the same mailbox, size, date and bytes.
    package func missing(in administration: Administration, _ filter: BackupMailFilter) async throws(AdminError)
        -> BackupMail
    {
        do {
            let source = try old.account(account)
            let live = try administration.store.account(account)
            var items: [BackupMail.Item] = []
            for mailbox in try await source.read({ try $0.mailboxes() }) where filter.admits(mailbox.name) {
                let target = ImportTarget(account: live, limit: nil, mailbox: mailbox.name)
                var present = try await target.present()
                for item in try await Self.items(of: mailbox, in: source) where filter.admits(item) {
                    let message = ImportedMessage(
                        bytes: try await bytes(item, of: source), flags: item.flags, receivedAt: item.receivedAt)
                    if try await !target.take(message, from: &present) { items.append(item) }
                }
            }
            return BackupMail(items: items)
        } catch { throw AdminError(error) }
    }

    /// Puts it into the mailboxes it was in, which are made anew when they have gone: all of it fits within the account's limit,
    /// or none comes back. What was done is noted, also when something fails.
    package func restore(
        _ mail: BackupMail, into entry: AccountEntry, place: MailboxName? = nil, ignoresQuota: Bool = false,
        _ administration: Administration, progress: () -> Void
    ) async throws(AdminError) {
        var count = 0
        let failure: AdminError?
        do {
            let live = try administration.store.account(entry.id)
            let limit = ignoresQuota ? nil : try await administration.directory.limit(of: entry.id)
            let parts = try await live.read { reader in
                try reader.fitting(mail.items, within: limit ?? .unlimited) { (place ?? $0.mailbox, $0.size) }
            }
            for item in parts.joined() {
                let target = ImportTarget(account: live, limit: limit, mailbox: place ?? item.mailbox)
                try await restore(item, into: target)
                count += 1
                progress()
            }
            failure = nil
        } catch { failure = AdminError(error) }
        let words = "\(count) messages from a backup"
        if failure == nil || count > 0 {
            try await administration.writing { try $0.noteRestore(words, of: entry.id) }
        }
        if let failure { throw failure }
    }

    private func restore(_ item: BackupMail.Item, into target: ImportTarget) async throws {
        try await target.make()
        let message = ImportedMessage(
            bytes: try await bytes(item, of: try old.account(account)), flags: item.flags, receivedAt: item.receivedAt)
        try await target.append([message])
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
        if let uids { guard uids.contains(item.uid) else { return false } }
        return since.map { item.receivedAt >= $0 } ?? true
    }
}
