internal import MailMessage

/// What a server does for its store beside serving, one account at a time and never in a hurry. Ages of files are
/// measured by the system's clock, as their time stamps are.
struct Housekeeping: Sendable {
    static let period: Duration = .seconds(86_400)
    /// Looking into every account's folder costs a cold disk seconds: not while the first clients come back.
    static let firstSweep: Duration = .seconds(600)
    /// Between two accounts: opening one costs about a millisecond.
    static let pause: Duration = .milliseconds(20)

    let store: String
    let accounts: AccountPool
    let directory: Directory
    var keepsIndexes = false
    /// 0: lines of the audit trail stay.
    var auditSeconds: Int64 = 0

    func run() async {
        await refreshHints()
        try? await directory.sampleUsage()
        try? await Task.sleep(for: Self.firstSweep)
        while !Task.isCancelled {
            SpoolFile.sweep(store + "/spool", before: MailStore.now() - BodyFiles.orphanAge)
            await sweepOrphans()
            try? await directory.sampleUsage()
            if auditSeconds > 0 { _ = try? await directory.expireAudit(olderThan: auditSeconds) }
            if keepsIndexes { await fillIndexes() }
            try? await Task.sleep(for: Self.period)
        }
    }

    /// The process before us may have died with its last second of hints. The databases it had open still have their
    /// logs, and opening one reports what it holds: quota at RCPT and the purge are right again.
    func refreshHints() async {
        for id in all() where StoreFolder.exists(AccountFolder(of: id, in: store).database + "-wal") {
            guard !Task.isCancelled else { return }
            _ = try? await accounts.account(id).read { try $0.usage() }
        }
    }

    /// Large bodies that no row names; a damaged account says so to whoever uses it next.
    func sweepOrphans() async {
        for id in all() where Self.mayHaveOrphans(AccountFolder(of: id, in: store)) {
            guard !Task.isCancelled else { return }
            _ = try? await accounts.account(id).sweepOrphans(now: MailStore.now())
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// Of those who search; a search adds too, when it meets much that is new.
    func fillIndexes() async {
        for id in all() where IndexFile(folder: AccountFolder(of: id, in: store)).current != nil {
            guard !Task.isCancelled, let account = try? accounts.account(id) else { return }
            await Indexer.fill(account)
        }
    }

    private static func mayHaveOrphans(_ folder: AccountFolder) -> Bool {
        guard StoreFolder.exists(folder.database) else { return false }
        return StoreFolder.exists(folder.files.root)
            || StoreFolder.entries(of: folder.path).contains { $0.hasPrefix(AccountFolder.draftPrefix) }
    }

    private func all() -> [AccountID] {
        let root = store + "/accounts"
        return StoreFolder.entries(of: root).flatMap { StoreFolder.entries(of: "\(root)/\($0)") }
            .compactMap { Int64($0).map(AccountID.init) }
    }
}
