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
