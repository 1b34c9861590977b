extension DirectorySchema {
    /// Who may see and change other people's accounts; and why somebody changed something, beside what he changed.
    static let roles = """
        CREATE TABLE role_grant (
          account_id BIGINT NOT NULL, role TEXT NOT NULL,
          organisation_id BIGINT NOT NULL,      -- 0: of no organisation, as operators are
          granted_by TEXT NOT NULL, granted_at BIGINT NOT NULL,
          PRIMARY KEY (account_id, role, organisation_id)) /*SQLITE: WITHOUT ROWID*/;
        CREATE INDEX role_grant_organisation ON role_grant(organisation_id);
        ALTER TABLE audit ADD COLUMN reason TEXT NOT NULL DEFAULT '';
        CREATE INDEX audit_object ON audit(object);
        """
}
