internal import MailMessage

extension MailStore {
    /// Nil when nobody has used the account yet: nothing is made for a question.
    package func weight(of id: AccountID) async throws(StoreError) -> AccountWeight? {
        guard StoreFolder.exists(databasePath(of: id)) else { return nil }
        return try await account(id).read { try $0.weight() }
    }

    /// Counts an account's messages anew, and its hint with them; `fixes` mends what is wrong.
    package func recount(account id: AccountID, fixes: Bool) async throws(StoreError) -> Recount? {
        guard StoreFolder.exists(databasePath(of: id)) else { return nil }
        let account = try account(id)
        guard fixes else { return try await account.read { try $0.recount() } }
        return try await account.write { try $0.mendCounters() }
    }
}

extension DirectoryReader {
    package func organisationNames() throws -> [Int64: String] {
        try names(database("SELECT id, name FROM organisation"))
    }

    package func classNames() throws -> [Int64: String] { try names(database("SELECT id, name FROM account_class")) }

    private func names(_ statement: Statement) throws -> [Int64: String] {
        var names: [Int64: String] = [:]
        try statement.each { names[$0.int64(0)] = $0.text(1) }
        return names
    }
}
