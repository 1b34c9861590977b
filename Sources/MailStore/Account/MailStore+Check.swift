extension MailStore {
    /// Where an account's mail is kept; the file is made at the account's first use.
    package func databasePath(of id: AccountID) -> String { AccountFolder(of: id, in: path).database }

    /// Nil when nobody has used the account yet: there is nothing to check, and nothing is made.
    package func check(account id: AccountID) async throws(StoreError) -> [String]? {
        guard StoreFolder.exists(databasePath(of: id)) else { return nil }
        return try await account(id).check()
    }
}

extension Directory {
    /// SQLite's own check of `directory.db`; nothing when all is well.
    package func check() async throws(StoreError) -> [String] {
        try await read { reader in
            var problems: [String] = []
            try reader.database("PRAGMA integrity_check").each { problems.append($0.text(0)) }
            return problems == ["ok"] ? [] : problems
        }
    }
}
