internal import MailMessage

/// One transaction in an account by a tool that goes through thousands of them: the database is opened for it and closed again.
///
/// While nobody else has it open, nobody comes in either: see `SQLConnection.shutOthersOut`. Beside a server that has it open
/// everything is as it always is.
struct AccountErrand: Sendable {
    let id: AccountID
    let folder: AccountFolder
    let policy: RestorePolicy
    let now: EpochSeconds

    /// Nil when nobody has used the account yet: nothing is made for a question.
    func read<T>(_ body: (AccountReader) throws -> T) throws -> T? {
        guard let database = try opener.openAlone() else { return nil }
        try database("BEGIN").run()
        defer { database.rollBack() }
        return try body(AccountReader(database, account: id, files: folder.files, now: now))
    }

    /// Durable when it returns, with what others are to be told; by then the database is closed.
    func write<T>(_ body: (AccountTransaction) throws -> T) throws -> (value: T, commit: AccountCommit)? {
        guard let database = try opener.openAlone() else { return nil }
        if database.isAlone { try database.deferSyncs() }
        let effects = WriteEffects()
        let done = try transact(body, on: database, effects)
        if database.isAlone { try database.settle() }
        for action in effects.onCommit { action() }
        return done
    }

    private func transact<T>(
        _ body: (AccountTransaction) throws -> T, on database: SQLConnection, _ effects: WriteEffects
    ) throws -> (value: T, commit: AccountCommit) {
        try database("BEGIN IMMEDIATE").run()
        defer { database.rollBack() }
        let transaction = AccountTransaction(
            database, account: id, files: folder.files, now: now, limit: .unlimited, policy: policy, effects: effects)
        let done: (T, AccountCommit)
        do { done = (try body(transaction), try transaction.stateAtEnd()) } catch {
            for action in effects.onRollback.reversed() { action() }
            throw error
        }
        try database("COMMIT").run()
        return done
    }

    private var opener: AccountOpener { AccountOpener(id: id, folder: folder, now: now) }
}

extension MailStore {
    /// One consistent state of an account that nobody is likely to use at this moment: for tools that go through thousands.
    /// Nil when nobody has used it yet.
    package func readOnce<T: Sendable>(
        _ id: AccountID, _ body: @escaping @Sendable (AccountReader) throws -> T
    ) async throws(StoreError) -> T? {
        try await threads.run { [accounts] in try accounts.errand(id).read(body) }
    }

    /// The same for a change: durable when it returns, all or nothing. Others wait meanwhile, so let it be short.
    package func writeOnce<T: Sendable>(
        _ id: AccountID, _ body: @escaping @Sendable (AccountTransaction) throws -> T
    ) async throws(StoreError) -> T? {
        try await threads.run { [accounts] in
            guard let done = try accounts.errand(id).write(body) else { return nil }
            accounts.committed(done.commit)
            return done.value
        }
    }
}
