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
