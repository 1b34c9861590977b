internal import MailMessage

/// Which notices an account has had for what is still so.
extension DirectoryReader {
    package func noticesSent() throws -> [AccountID: Set<String>] {
        var sent: [AccountID: Set<String>] = [:]
        try database("SELECT account_id, kind FROM quota_notice").each { row in
            sent[AccountID(row.int64(0)), default: []].insert(row.text(1))
        }
        return sent
    }
}

extension DirectoryTransaction {
    /// Written before the notice is delivered: one that is lost is better than one that comes every hour. False when all of
    /// them had been noted already.
    package func noteNotices(_ kinds: Set<String>, to id: AccountID) throws -> Bool {
        var added = 0
        for kind in kinds.sorted() {
            added += try database(
                """
                INSERT INTO quota_notice (account_id, kind, sent_at) VALUES ($1, $2, $3)
                ON CONFLICT (account_id, kind) DO NOTHING
                """
            ).run(id, kind, now)
        }
        return added > 0
    }

    /// What is no longer so may be told again when it comes back.
    package func forgetNotices(_ kinds: Set<String>, to id: AccountID) throws {
        for kind in kinds.sorted() {
            try database("DELETE FROM quota_notice WHERE account_id = $1 AND kind = $2").run(id, kind)
        }
    }
}
