package import MailMessage

extension Account {
    /// Messages per transaction: about 6 ms, so that nobody waits long behind it.
    static let garbageBatch = 500
    /// Ranges of expunged UIDs that are remembered: some 3 MB. Dropped a tenth at a time.
    static let vanishedLimit = 100_000
    static let vanishedSlack = 10_000
    static let vacuumPages = 1_000
    static let vacuumDivisor: Int64 = 10

    /// Removes bytes and files of what was expunged, then gives free pages back when there are many. `goesOn` is asked before each
    /// transaction; what is left then is cleared away another time.
    package func collectGarbage(while goesOn: @Sendable () async -> Bool = { true }) async throws(StoreError) {
        while await goesOn(),
            try await write({ try $0.collectGarbage(limit: Account.garbageBatch) }) == Account.garbageBatch
        {}
        guard await goesOn() else { return }
        try await write { transaction in
            guard try transaction.remembersTooManyVanished() else { return }
            _ = try transaction.forgetVanished(keeping: Account.vanishedLimit)
        }
        while await goesOn(), try await write({ try $0.vacuumStep() }) {}
    }

    /// Removes body files no row names and drafts of databases, both older than a day. Returns the files' names.
    package func sweepOrphans(now: EpochSeconds) async throws(StoreError) -> [String] {
        let moment = now - BodyFiles.orphanAge
        return try await read { [folder] reader in
            AccountOpener.sweepDrafts(in: folder, before: moment)
            return try reader.files.sweep(before: moment) { name in
                try reader.database("SELECT 1 FROM blob WHERE account_id=$1 AND file_name=$2 LIMIT 1")
                    .number(reader.account, name) != nil
            }
        }
    }

    /// SQLite's own check and ours: what is wrong, nothing when all is well.
    package func check() async throws(StoreError) -> [String] {
        try await read { try AccountCheck($0).run() }
    }
}

extension AccountReader {
    /// Whether `collectGarbage` would find something to do.
    package func needsUpkeep() throws -> Bool {
        try hasGarbage() || remembersTooManyVanished() || hasManyFreePages()
    }

    func hasGarbage() throws -> Bool {
        try database("SELECT 1 FROM message_gc WHERE account_id=$1 AND keep_until=0 LIMIT 1").number(account) != nil
    }

    fileprivate func remembersTooManyVanished() throws -> Bool {
        let count = try database("SELECT count(*) FROM vanished WHERE account_id=$1").number(account) ?? 0
        return count > Account.vanishedLimit + Account.vanishedSlack
    }

    /// Free pages are used again by new mail, so a tenth of them may stay.
    fileprivate func hasManyFreePages() throws -> Bool {
        let pages = try database("PRAGMA page_count").number() ?? 0
        let free = try database("PRAGMA freelist_count").number() ?? 0
        return free > max(pages / Account.vacuumDivisor, Int64(Account.vacuumPages))
    }
}

extension AccountTransaction {
    /// True when there is more to do.
    fileprivate func vacuumStep() throws -> Bool {
        guard try hasManyFreePages() else { return false }
        try database.execute("PRAGMA incremental_vacuum(\(Account.vacuumPages))")
        return true
    }
}
