internal import MailMessage

extension DirectorySchema {
    /// Lines of the audit trail go when they are older than the moment the setting names, which only moves on. Everything else
    /// is refused as before.
    static let auditExpiry = """
        /*SQLITE:
        DROP TRIGGER audit_no_delete;
        CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
          WHEN OLD.at >= coalesce((SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'audit.expired_before'), 0)
          BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
        CREATE TRIGGER audit_expiry_moves_on BEFORE UPDATE ON setting
          WHEN OLD.name = 'audit.expired_before' AND CAST(NEW.value AS BIGINT) < CAST(OLD.value AS BIGINT)
          BEGIN SELECT RAISE(ABORT, 'what has expired stays expired'); END;
        */
        /*SQLITE-*/
        CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF TG_OP = 'DELETE' AND OLD.at <
            coalesce((SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'audit.expired_before'), 0)
          THEN RETURN OLD; END IF;
          RAISE EXCEPTION 'the audit trail is append-only'; END $$;
        /*-SQLITE*/
        """
}

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
