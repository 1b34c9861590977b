internal import Glibc
internal import MailMessage

/// A copy of the directory to try changes upon: nothing of them happens, and nobody waits for them.
package struct DirectoryRehearsal {
    private let database: SQLConnection
    private let now: EpochSeconds
    private let actor: AuditActor

    package init(of store: MailStore, by actor: AuditActor) throws(StoreError) {
        (now, self.actor) = (store.directory.clock(), actor)
        let copy = "\(store.path)/spool/rehearsal-\(getpid())-\(UInt64.random(in: .min ... .max))"
        // Whatever happens to this process, nothing stays: the file has no name once it is open.
        defer { StoreFolder.removeFile(copy) }
        do {
            _ = try FileHandle.create(copy)
            try DatabaseImage.copy("\(store.path)/directory.db", to: copy)
            database = try SQLConnection(bare: copy, create: false)
            try database.execute("PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=MEMORY")
            try database.execute("BEGIN IMMEDIATE")
        } catch { throw StoreError(wrapping: error) }
    }

    /// What it would come to after all that went through before.
    package func attempt<T>(_ body: (DirectoryTransaction) throws -> T) throws -> T {
        let transaction = DirectoryTransaction(database, now: now, actor: actor)
        return try transaction.attempt {
            let value = try body(transaction)
            try transaction.checkPools()
            return value
        }
    }
}

extension DirectoryTransaction {
    /// What fails takes back its own changes, and no others.
    package func attempt<T>(_ body: () throws -> T) throws -> T {
        try database("SAVEPOINT attempt").run()
        do {
            let value = try body()
            try database("RELEASE attempt").run()
            return value
        } catch {
            try database("ROLLBACK TO attempt").run()
            try database("RELEASE attempt").run()
            throw error
        }
    }
}
