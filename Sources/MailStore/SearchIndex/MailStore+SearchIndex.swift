internal import MailMessage

/// What an account's index has come to.
package struct IndexReport: Sendable, Equatable {
    /// Bodies added now, and all that it knows; copies count once.
    package let added: Int
    package let known: Int
    package let indexBytes: Int64
    package let mailBytes: Int64
}

extension MailStore {
    /// Adds what an account's index lacks; with `rebuilding`, all of it. `busy` when other processes keep being faster.
    package func fillIndex(
        of id: AccountID, rebuilding: Bool = false, progress: (Int) -> Void = { _ in }
    ) async throws(StoreError) -> IndexReport? {
        guard StoreFolder.exists(databasePath(of: id)) else { return nil }
        let account = try account(id)
        if rebuilding { await account.index.drop() }
        var (added, others) = (0, 0)
        while true {
            switch try await account.index(.foreground) {
            case .added(let count):
                (added, others) = (added + count, 0)
                progress(count)
            case .again:
                others += 1
                guard others < Self.indexTries else { throw .busy }
            case .complete:
                return IndexReport(
                    added: added, known: try await account.index.count(), indexBytes: account.index.file.size,
                    mailBytes: try await account.read { try $0.usage().bytes })
            }
        }
    }

    private static let indexTries = 10

    /// How many bodies are to be added.
    package func missingInIndex(of id: AccountID, rebuilding: Bool = false) async throws(StoreError) -> Int {
        guard StoreFolder.exists(databasePath(of: id)) else { return 0 }
        let account = try account(id)
        let hasOne = await account.index.exists
        let through = hasOne && !rebuilding ? try await account.index.through() : 0
        return try await account.read { try $0.blobCount(after: through) }
    }

    /// What is wrong with an account's index, and its file; nil when there is none.
    package func checkIndex(of id: AccountID) async throws(StoreError) -> (file: String, problems: [String])? {
        let account = try account(id)
        let file = account.index.file
        guard let generation = file.current else { return nil }
        do { return (file.path(generation), try await account.checkIndex()) } catch .damaged(_, let detail) {
            return (file.path(generation), [detail])
        } catch .invalid(let detail) { return (file.path(generation), [detail]) }
    }

    /// Gives a damaged one up; the next search begins a new one.
    package func dropIndex(of id: AccountID) async throws(StoreError) {
        let account = try account(id)
        await account.index.drop()
    }
}

extension Account {
    /// SQLite's and FTS5's checks, and whether it is this account's.
    fileprivate func checkIndex() async throws(StoreError) -> [String] {
        let problems = try await index.check()
        guard problems.isEmpty else { return problems }
        let through = try await index.through()
        let (anchor, isBehind) = try await read { reader in
            (try reader.indexAnchor(through: through), try reader.isBehind(through: through))
        }
        return await holds(anchor, isBehind: isBehind) ? [] : ["it is the index of other mail"]
    }
}
