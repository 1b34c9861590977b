package import MailMessage
package import MailStore

/// What an import came to.
package struct ImportReport: Sendable, Equatable {
    package var imported = 0
    /// There already: byte for byte the same, with the same date.
    package var present = 0
    package var bytes: Int64 = 0

    package init() {}

    package mutating func add(_ other: ImportReport) {
        imported += other.imported
        present += other.present
        bytes += other.bytes
    }
}

/// Brings a file's messages into a mailbox. Broken off and run again it goes on where it was: what is there is not stored
/// twice, since every message of the file is first looked for among those of its size and date.
package struct MailImport: Sendable {
    /// One transaction, and so one sync, for so much.
    static let batchMessages = 200
    static let batchBytes = 8_000_000

    package let source: MailSource
    package let mailbox: MailboxName
    /// Also what is there already.
    package var takesDuplicates = false
    package var isDryRun = false
    /// Beyond the account's limit.
    package var ignoresQuota = false

    package init(source: MailSource, mailbox: MailboxName) {
        self.source = source
        self.mailbox = mailbox
    }
}

extension Administration {
    package func run(
        _ plan: MailImport, into entry: AccountEntry, progress: (Int64) -> Void = { _ in }
    ) async throws(AdminError) -> ImportReport {
        var report = ImportReport()
        do {
            let account = try store.account(entry.id)
            let limit = plan.ignoresQuota ? nil : try await directory.limit(of: entry.id)
            let target = ImportTarget(account: account, limit: limit, mailbox: plan.mailbox)
            var present = PresentMessages()
            if !plan.takesDuplicates { present = try await target.present() }
            // Before the first and after the last: for a week nothing of the account is purged.
            if !plan.isDryRun { try await directory.write(by: actor) { try $0.noteImport(into: entry.id) } }
            var batch: [ImportedMessage] = []
            var size = 0
            try await plan.source.forEach(now: clock()) { message, step in
                progress(step)
                if try await target.take(message, from: &present) {
                    report.present += 1
                    return
                }
                batch.append(message)
                size += message.bytes.count
                report.imported += 1
                report.bytes += Int64(message.bytes.count)
                guard batch.count >= MailImport.batchMessages || size >= MailImport.batchBytes else { return }
                if !plan.isDryRun {
                    try await target.make()
                    try await target.append(batch)
                }
                (batch, size) = ([], 0)
            }
            if !plan.isDryRun {
                try await target.make()
                try await target.append(batch)
                try await directory.write(by: actor) { try $0.noteImport(into: entry.id) }
            }
        } catch {
            throw AdminError(error)
        }
        return report
    }
}

/// The messages a mailbox had before, by size and date.
struct PresentMessages: Sendable {
    struct Key: Hashable {
        let size: Int64
        let receivedAt: EpochSeconds
    }
    var uids: [Key: [UID]] = [:]
}

/// The mailbox an import fills.
struct ImportTarget: Sendable {
    let account: Account
    let limit: QuotaLimit?
    let mailbox: MailboxName

    func present() async throws(StoreError) -> PresentMessages {
        let name = mailbox
        return try await account.read { reader in
            var present = PresentMessages()
            guard let info = try reader.mailbox(name) else { return present }
            try reader.rows(in: info.id, UIDSet(UID.first...UID.last)) { row in
                present.uids[.init(size: row.size, receivedAt: row.receivedAt), default: []].append(row.uid)
            }
            return present
        }
    }

    /// Whether the message is there; each message there answers for one message of the file.
    func take(_ message: ImportedMessage, from present: inout PresentMessages) async throws -> Bool {
        let key = PresentMessages.Key(size: Int64(message.bytes.count), receivedAt: message.receivedAt)
        guard let candidates = present.uids[key] else { return false }
        for (index, uid) in candidates.enumerated() where try await bytes(of: uid) == message.bytes {
            present.uids[key]?.remove(at: index)
            return true
        }
        return false
    }

    private func bytes(of uid: UID) async throws -> [UInt8]? {
        let name = mailbox
        let body = try await account.read { reader in
            try reader.mailbox(name).map { try reader.body(of: $0.id, uid: uid) }
        }
        switch body {
        case .inline(let bytes): return bytes
        case .file(let path, _): return try FileSystem.bytes(of: path)
        case nil: return nil
        }
    }

    /// The mailbox, for sources without messages too; subscribed, since many programs show no other. True when there was none.
    @discardableResult
    func make() async throws(StoreError) -> Bool {
        let name = mailbox
        return try await account.write { transaction in
            guard try transaction.mailbox(name) == nil else { return false }
            _ = try transaction.createMailbox(name)
            try transaction.subscribe(name, true)
            return true
        }
    }

    func share(_ grants: [Grant]) async throws(StoreError) {
        guard !grants.isEmpty else { return }
        let name = mailbox
        try await account.write { transaction in
            guard let info = try transaction.mailbox(name) else { throw StoreError.noSuchMailbox(name) }
            for grant in grants {
                let change = GrantChange(grant.grantee, isNegative: grant.isNegative, .replace, grant.rights)
                try transaction.change(change, on: info.id)
            }
        }
    }

    /// One transaction: all of them or none.
    func append(_ batch: [ImportedMessage]) async throws(StoreError) {
        guard !batch.isEmpty else { return }
        let name = mailbox
        let messages = batch.map { (StorableMessage($0.bytes), $0.flags, $0.receivedAt) }
        try await account.write(limit: limit) { transaction in
            guard let info = try transaction.mailbox(name) else { throw StoreError.noSuchMailbox(name) }
            for (message, flags, receivedAt) in messages {
                _ = try transaction.append(message, to: info.id, flags: flags, receivedAt: receivedAt)
            }
        }
    }
}
