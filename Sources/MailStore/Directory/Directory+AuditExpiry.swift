internal import MailMessage

extension Directory {
    /// Younger lines stay, whatever is asked for.
    package static let leastAuditSeconds: Int64 = 30 * 86_400

    /// Takes the lines away that are older than so many seconds, and leaves one that says so. Returns how many went.
    @discardableResult
    package func expireAudit(olderThan seconds: Int64) async throws(StoreError) -> Int {
        let limit = clock() - max(seconds, Self.leastAuditSeconds)
        guard try await read({ try $0.oldestAuditLine() }) ?? .max < limit else { return 0 }
        return try await write { transaction in
            try transaction.database(
                """
                INSERT INTO setting (name, value) VALUES ('audit.expired_before', $1)
                ON CONFLICT (name) DO UPDATE SET value = $1 WHERE CAST(setting.value AS BIGINT) < CAST($1 AS BIGINT)
                """
            ).run(String(limit))
            let gone = try transaction.database("DELETE FROM audit WHERE at < $1").run(limit)
            try transaction.record(
                "audit expired", "audit", "", "\(gone) lines before \(MailDate(seconds: limit).isoDay)")
            return gone
        }
    }
}

extension DirectoryReader {
    fileprivate func oldestAuditLine() throws -> EpochSeconds? {
        try database("SELECT at FROM audit ORDER BY at LIMIT 1").number()
    }
}
