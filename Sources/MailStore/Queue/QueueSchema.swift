/// The tables of `queue.db`.
enum QueueSchema {
    static let schema = Schema(name: "queue", steps: [first, sending])

    private static let first = """
        CREATE TABLE queue_state (id BIGINT NOT NULL PRIMARY KEY, next_id BIGINT NOT NULL);
        CREATE TABLE queue_entry (
          id BIGINT NOT NULL PRIMARY KEY, sender TEXT NOT NULL,       -- '' = the null sender
          size BIGINT NOT NULL, file_name TEXT NOT NULL DEFAULT '',   -- '' = the body is in queue_body
          received_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, waiting BIGINT NOT NULL,
          envelope_id TEXT NOT NULL DEFAULT '', return_part TEXT NOT NULL DEFAULT '');   -- DSN's ENVID and RET
        CREATE TABLE queue_body (id INTEGER PRIMARY KEY, data BYTEA NOT NULL);
        CREATE TABLE queue_recipient (
          entry_id BIGINT NOT NULL, number BIGINT NOT NULL,
          address TEXT NOT NULL,                -- as the sender wrote it
          account_id BIGINT NOT NULL DEFAULT 0, -- ours, or 0
          destination TEXT NOT NULL DEFAULT '', -- the domain it goes to when it is not ours
          state BIGINT NOT NULL,                -- 0 waiting, 1 delivered, 2 failed, 3 held, 4 being tried
          attempts BIGINT NOT NULL, next_attempt_at BIGINT NOT NULL,
          lease_until BIGINT NOT NULL DEFAULT 0, -- not 0: an attempt has begun of which no end was written
          last_error TEXT NOT NULL DEFAULT '', changed_at BIGINT NOT NULL,
          notify TEXT NOT NULL DEFAULT '', original TEXT NOT NULL DEFAULT '',   -- DSN's NOTIFY and ORCPT
          PRIMARY KEY (entry_id, number)) /*SQLITE: WITHOUT ROWID*/;
        CREATE INDEX queue_recipient_due ON queue_recipient(state, next_attempt_at);
        CREATE INDEX queue_recipient_destination ON queue_recipient(destination, state);
        """

    /// Mail that leaves. What is new is found by its time; what has waited before, and what found its destination busy, by
    /// its destination: neither stands in the other's way.
    private static let sending = """
        ALTER TABLE queue_entry ADD COLUMN origin BIGINT NOT NULL DEFAULT 0;      -- QueueOrigin
        ALTER TABLE queue_entry ADD COLUMN submitter BIGINT NOT NULL DEFAULT 0;   -- the account that sent it, or 0
        ALTER TABLE queue_entry ADD COLUMN client TEXT NOT NULL DEFAULT '';       -- the address it came from
        ALTER TABLE queue_entry ADD COLUMN trail_id TEXT NOT NULL DEFAULT '';     -- what Received and the 250 call it
        ALTER TABLE queue_entry ADD COLUMN message_id TEXT NOT NULL DEFAULT '';
        ALTER TABLE queue_entry ADD COLUMN traits BIGINT NOT NULL DEFAULT 0;      -- QueueTraits
        ALTER TABLE queue_entry ADD COLUMN notice_at BIGINT NOT NULL DEFAULT 0;   -- when a delay is told; 0: not any more
        ALTER TABLE queue_recipient ADD COLUMN lane BIGINT NOT NULL DEFAULT 1;    -- 0: new, 1: by destination
        DROP INDEX queue_recipient_due;
        DROP INDEX queue_recipient_destination;
        CREATE INDEX queue_recipient_new ON queue_recipient(next_attempt_at, entry_id) WHERE state = 0 AND lane = 0;
        CREATE INDEX queue_recipient_waiting ON queue_recipient(destination, next_attempt_at) WHERE state = 0 AND lane = 1;
        CREATE INDEX queue_entry_expiry ON queue_entry(expires_at);
        CREATE INDEX queue_entry_notice ON queue_entry(notice_at) WHERE notice_at > 0;
        """
}
