extension DirectorySchema {
    /// App passwords, what is switched off for whom, addresses that are kept out, and how accounts end.
    static let people = """
        CREATE TABLE app_password (
          handle TEXT NOT NULL PRIMARY KEY,     -- its first letters: they find it, and are no secret
          account_id BIGINT NOT NULL, name TEXT NOT NULL, digest BYTEA NOT NULL,
          services BIGINT NOT NULL,             -- 1 IMAP, 2 POP3, 4 SMTP
          created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL DEFAULT 0,
          last_used_at BIGINT NOT NULL DEFAULT 0, last_used_by TEXT NOT NULL DEFAULT '',
          last_used_from TEXT NOT NULL DEFAULT '',
          UNIQUE (account_id, name));
        CREATE TABLE feature_rule (             -- scope as in quota_rule
          scope BIGINT NOT NULL, scope_id BIGINT NOT NULL, feature TEXT NOT NULL, is_on BIGINT NOT NULL,
          PRIMARY KEY (scope, scope_id, feature)) /*SQLITE: WITHOUT ROWID*/;
        CREATE TABLE blocked_prefix (
          prefix TEXT NOT NULL PRIMARY KEY, reason TEXT NOT NULL DEFAULT '', created_at BIGINT NOT NULL,
          until BIGINT NOT NULL DEFAULT 0);
        ALTER TABLE account ADD COLUMN expires_then BIGINT NOT NULL DEFAULT 0;  -- 1 suspend, 2 remove, 3 forward
        ALTER TABLE account ADD COLUMN expiry_done BIGINT NOT NULL DEFAULT 0;   -- the expires_at that was carried out
        ALTER TABLE account ADD COLUMN disabled_at BIGINT NOT NULL DEFAULT 0;   -- since when the directory of persons says so
        CREATE INDEX account_expires_at ON account(expires_at) WHERE expires_at > 0;
        """
}
