internal import MailMessage

/// Opens an account's database, and makes it with its standard mailboxes at first use.
struct AccountOpener {
    let id: AccountID
    let folder: AccountFolder
    let now: EpochSeconds
    let onCommit: @Sendable (AccountCommit) -> Void

    func open() throws -> SQLConnection {
        if !StoreFolder.exists(folder.database) { try StoreFolder.make(folder.path) }
        let database = try SQLConnection.open(folder.database, schema: AccountSchema.schema)
        let owner = try database("SELECT account_id FROM account_state").number()
        switch owner {
        case id.value: break
        case nil: try begin(database)
        case let other?:
            throw StoreError.damaged(file: folder.database, detail: "it belongs to account \(other)")
        }
        try reportGarbage(database)
        return database
    }

    /// The folder is durable before the row that says so: whoever finds the row need not sync it again.
    private func begin(_ database: SQLConnection) throws {
        _ = try database("PRAGMA wal_checkpoint(TRUNCATE)").number()
        var path = folder.path
        for _ in 0..<3 {
            try StoreFolder.synchronise(path)
            path = StoreFolder.parent(of: path)
        }
        try database("BEGIN IMMEDIATE").run()
        defer { database.rollBack() }
        if try database("SELECT 1 FROM account_state").number() == nil {
            try makeStandardMailboxes(database)
        }
        try database("COMMIT").run()
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

    private func reportGarbage(_ database: SQLConnection) throws {
        guard try database("SELECT 1 FROM message_gc LIMIT 1").number() != nil else { return }
        onCommit(AccountCommit(account: id, modseq: nil, usage: nil, earliestTrashed: nil, madeGarbage: true))
    }
}
