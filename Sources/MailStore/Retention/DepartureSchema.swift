extension AccountSchema {
    /// What leaves a mailbox can come back for a while: `message_gc` knows where it was and how long it is kept. Junk gets
    /// a clock like the trash's; for what lies there already it began when it was saved.
    static let departures = """
        ALTER TABLE account_state ADD COLUMN restorable_bytes BIGINT NOT NULL DEFAULT 0;  -- of what its user removed
        ALTER TABLE message_gc ADD COLUMN mailbox_id BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE message_gc ADD COLUMN flags BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE message_gc ADD COLUMN size BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE message_gc ADD COLUMN received_at BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE message_gc ADD COLUMN reason BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE message_gc ADD COLUMN keep_until BIGINT NOT NULL DEFAULT 0;           -- 0: goes at once
        CREATE INDEX message_gc_keep_until ON message_gc (account_id, keep_until);
        CREATE TABLE former_mailbox (            -- deleted ones that something can come back to
          account_id BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
          PRIMARY KEY (account_id, id)) /*SQLITE: WITHOUT ROWID*/;
        ALTER TABLE mailbox_message ADD COLUMN junked_at BIGINT NOT NULL DEFAULT 0;       -- 0 outside of Junk
        CREATE INDEX mailbox_message_junked ON mailbox_message (account_id, junked_at) WHERE junked_at > 0;
        UPDATE mailbox_message SET junked_at=CASE WHEN saved_at>0 THEN saved_at ELSE 1 END WHERE EXISTS (
          WITH RECURSIVE junk(account_id, id) AS (
            SELECT account_id, id FROM mailbox WHERE role='junk' UNION
            SELECT m.account_id, m.id FROM mailbox m JOIN junk j ON m.account_id=j.account_id AND m.parent_id=j.id)
          SELECT 1 FROM junk j WHERE j.account_id=mailbox_message.account_id AND j.id=mailbox_message.mailbox_id);
        """
}
