internal import Glibc
internal import MailMessage

/// Opens an account's database, and makes it with its standard mailboxes at first use.
struct AccountOpener {
    let id: AccountID
    let folder: AccountFolder
    let now: EpochSeconds

    func open() throws -> SQLConnection {
        try RepairSwap(folder: folder).finishInterrupted()
        if !StoreFolder.exists(folder.database) { try make() }
        return try open(alone: false)
    }

    /// For an errand: nil when nobody has used the account yet.
    func openAlone() throws -> SQLConnection? {
        try RepairSwap(folder: folder).finishInterrupted()
        guard StoreFolder.exists(folder.database) else {
            try requireNoLog()
            return nil
        }
        return try open(alone: true)
    }

    private func open(alone: Bool) throws -> SQLConnection {
        let database = try SQLConnection.open(
            folder.database, schema: AccountSchema.schema, create: false, alone: alone)
        // Opened while a repair exchanged the file: this one is the damaged one.
        guard !database.hasMoved else { throw StoreError.busy }
        let owner = try database("SELECT account_id FROM account_state").number()
        guard owner == id.value else {
            let detail = owner.map { "it belongs to account \($0)" } ?? "it belongs to no account"
            throw StoreError.damaged(file: folder.database, detail: detail)
        }
        return database
    }

    /// Builds the database beside its place and links it in when it is whole: a power cut leaves all of it or nothing,
    /// at a fifth of the syncs that building it in place would take. Of two who do this at once the first one wins.
    ///
    /// The link itself need not be durable before the first message is: SQLite syncs the folder with its first commit.
    private func make() throws {
        try requireNoLog()
        try StoreFolder.make(folder.path)
        try StoreFolder.synchronise(StoreFolder.parent(of: folder.path))
        try StoreFolder.synchronise(StoreFolder.parent(of: StoreFolder.parent(of: folder.path)))
        let draft = folder.draftPath()
        defer { unlink(draft) }
        try SQLConnection.build(draft, schema: AccountSchema.schema, fill: makeStandardMailboxes)
        try FileHandle.openForReading(draft).synchronise()
        guard link(draft, folder.database) == 0 || errno == EEXIST else {
            throw StoreError.system("link", folder.database, errno: errno)
        }
        try StoreFolder.synchronise(folder.path)
    }

    private func requireNoLog() throws {
        guard !StoreFolder.exists(folder.database + "-wal") else {
            throw StoreError.damaged(file: folder.database, detail: "the database is gone, its log is still there")
        }
    }

    /// What a process that died while making the database left behind.
    static func sweepDrafts(in folder: AccountFolder, before moment: EpochSeconds) {
        for name in StoreFolder.entries(of: folder.path) where name.hasPrefix(AccountFolder.draftPrefix) {
            let path = "\(folder.path)/\(name)"
            if let changed = StoreFolder.changeTime(of: path), changed < moment { unlink(path) }
        }
    }

    private func makeStandardMailboxes(_ database: SQLConnection) throws {
        try database(
            """
            INSERT INTO account_state (account_id, next_id, modseq, uidvalidity, vanished_floor, bytes_used,
              message_count, created_at)
            VALUES ($1, 1, 0, 0, 0, 0, 0, $2)
            """
        ).run(id, now)
        let transaction = AccountTransaction(
            database, account: id, files: folder.files, now: now, limit: .unlimited, effects: WriteEffects())
        for mailbox in StandardMailbox.all {
            guard let name = MailboxName(mailbox.name) else { continue }
            try transaction.createMailbox(name, role: mailbox.role)
            try transaction.subscribe(name, true)
        }
    }
}
