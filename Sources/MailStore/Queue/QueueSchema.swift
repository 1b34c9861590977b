/// The tables of `queue.db`.
enum QueueSchema {
    static let schema = Schema(name: "queue", steps: [first])

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
          state BIGINT NOT NULL,                -- 0 waiting, 1 delivered, 2 failed, 3 held
          attempts BIGINT NOT NULL, next_attempt_at BIGINT NOT NULL,
          lease_until BIGINT NOT NULL DEFAULT 0, -- somebody is at it until then; past and not 0: it was interrupted
          last_error TEXT NOT NULL DEFAULT '', changed_at BIGINT NOT NULL,
          notify TEXT NOT NULL DEFAULT '', original TEXT NOT NULL DEFAULT '',   -- DSN's NOTIFY and ORCPT
          PRIMARY KEY (entry_id, number)) /*SQLITE: WITHOUT ROWID*/;
        CREATE INDEX queue_recipient_due ON queue_recipient(state, next_attempt_at);
        CREATE INDEX queue_recipient_destination ON queue_recipient(destination, state);
        """
}
