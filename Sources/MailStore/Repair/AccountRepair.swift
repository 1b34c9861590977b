internal import MailMessage

/// Builds an account anew from what can be read: rows one by one, counters by counting, bodies where they are.
struct AccountRepair {
    let id: AccountID
    let folder: AccountFolder
    let now: EpochSeconds

    struct Outcome {
        var messages = 0
        var recovered = 0
        var lost = 0
    }

    /// On a store thread, while this process has the database closed.
    func run(_ problems: [String]) throws -> RepairReport {
        try StoreFolder.make(folder.path)
        let swap = RepairSwap(folder: folder)
        let lock = try RepairLock(folder.database)
        return try withExtendedLifetime(lock) {
            let (draft, outcome) = try build()
            defer { StoreFolder.remove(draft) }
            let aside = try swap.commit(draft)
            return RepairReport(
                problems: problems, messages: outcome.messages, recovered: outcome.recovered, lost: outcome.lost,
                keptAside: aside)
        }
    }

    private func build() throws -> (draft: String, Outcome) {
        let damaged = try DamagedCopy(of: folder.database, in: folder)
        let draft = folder.draftPath()
        var outcome = Outcome()
        do {
            try SQLConnection.build(draft, schema: AccountSchema.schema) { target in
                outcome = try fill(target, from: damaged.database.map { DamagedAccount($0, id) })
            }
            try FileHandle.openForReading(draft).synchronise()
        } catch {
            StoreFolder.remove(draft)
            throw error
        }
        return (draft, outcome)
    }

    private func fill(_ target: SQLConnection, from source: DamagedAccount?) throws -> Outcome {
        var salvage = Salvage(target, account: id, files: folder.files, now: now)
        if let source { try salvage.copy(source) }
        let transaction = AccountTransaction(
            target, account: id, files: folder.files, now: now, limit: .unlimited, effects: WriteEffects())
        try salvage.begin(source)
        try detachUnnamed(transaction)
        try makeMissingMailboxes(transaction)
        try restartJunkClock(transaction)
        let recovered = try Recovery(transaction, known: salvage.files).run()
        try salvage.count()
        let messages = try target("SELECT message_count FROM account_state").number() ?? 0
        return Outcome(messages: Int(messages), recovered: recovered, lost: salvage.lost)
    }

    /// Damage may have made a mailbox its own ancestor, or a path too long for a name.
    private func detachUnnamed(_ transaction: AccountTransaction) throws {
        let tree = try transaction.mailboxTree()
        for mailbox in tree.nodes.keys where tree.name(of: mailbox) == nil {
            try transaction.database("UPDATE mailbox SET parent_id=0, name=$1 WHERE account_id=$2 AND id=$3")
                .run("Recovered \(mailbox)", id, mailbox)
        }
    }

    /// Anew: it is better to keep what is in Junk for longer than not to know.
    private func restartJunkClock(_ transaction: AccountTransaction) throws {
        guard let junk = try transaction.mailboxID(role: .junk) else { return }
        try transaction.adjustClocks(of: junk)
    }

    private func makeMissingMailboxes(_ transaction: AccountTransaction) throws {
        for mailbox in StandardMailbox.all {
            guard let name = MailboxName(mailbox.name), try transaction.mailboxID(role: mailbox.role) == nil else {
                continue
            }
            if let known = try transaction.mailboxID(name) {
                try transaction.database("UPDATE mailbox SET role=$1 WHERE account_id=$2 AND id=$3")
                    .run(mailbox.role.rawValue, id, known)
            } else {
                try transaction.createMailbox(name, role: mailbox.role)
                try transaction.subscribe(name, true)
            }
        }
    }
}

extension StoreFolder {
    /// A database and what SQLite keeps beside it.
    static func remove(_ database: String) { for suffix in ["", "-wal", "-shm"] { removeFile(database + suffix) } }
}
