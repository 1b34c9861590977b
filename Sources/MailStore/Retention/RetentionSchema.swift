extension DirectorySchema {
    /// How long Trash and Junk keep mail, and what no purge may touch.
    static let retention = """
        CREATE TABLE retention_rule (            -- seconds; -1 = for ever, NULL = inherits
          scope BIGINT NOT NULL, scope_id BIGINT NOT NULL, trash BIGINT, junk BIGINT,
          held_since BIGINT NOT NULL DEFAULT 0, held_reason TEXT NOT NULL DEFAULT '',   -- 0 = no hold
          PRIMARY KEY (scope, scope_id)) /*SQLITE: WITHOUT ROWID*/;
        ALTER TABLE account ADD COLUMN imported_at BIGINT NOT NULL DEFAULT 0;           -- when mail was last imported
        ALTER TABLE account_hint ADD COLUMN junk_after BIGINT NOT NULL DEFAULT 0;       -- as expire_after, for Junk
        ALTER TABLE account_hint ADD COLUMN reclaim_after BIGINT NOT NULL DEFAULT 0;    -- when something restorable ends
        CREATE INDEX account_hint_junk ON account_hint(junk_after);
        CREATE INDEX account_hint_reclaim ON account_hint(reclaim_after);
        """
}
