internal import MailMessage

extension MailStore {
    /// Nil when nobody has used the account yet: nothing is made for a question.
    package func weight(of id: AccountID) async throws(StoreError) -> AccountWeight? {
        guard StoreFolder.exists(databasePath(of: id)) else { return nil }
        return try await account(id).read { try $0.weight() }
    }

    /// Counts an account's messages anew, and its hint with them; `fixes` mends what is wrong.
    package func recount(account id: AccountID, fixes: Bool) async throws(StoreError) -> Recount? {
        // Nobody hears of a mere look: the hint stays what it is, right or wrong.
        guard fixes else { return try await readOnce(id) { try $0.recount() } }
        guard StoreFolder.exists(databasePath(of: id)) else { return nil }
        return try await account(id).write { try $0.mendCounters() }
    }
}
