/// The tables of `trail.db`. Keys are addresses in lower case, so that `=` finds what people write.
enum TrailSchema {
    static let schema = Schema(name: "trail", steps: [first])

    private static let first = """
        CREATE TABLE trail_message (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL, at BIGINT NOT NULL,
          sender TEXT NOT NULL, sender_key TEXT NOT NULL,     -- '' = the null sender
          origin BIGINT NOT NULL, peer TEXT NOT NULL, account_id BIGINT NOT NULL,   -- who had logged in, or 0
          size BIGINT NOT NULL, message_id TEXT NOT NULL, recipients BIGINT NOT NULL);
        CREATE UNIQUE INDEX trail_message_id ON trail_message(id);
        CREATE INDEX trail_message_sender ON trail_message(sender_key, at);
        CREATE INDEX trail_message_header ON trail_message(message_id);
        CREATE INDEX trail_message_account ON trail_message(account_id, at) /*SQLITE:WHERE account_id > 0*/;
        CREATE INDEX trail_message_at ON trail_message(at);
        CREATE TABLE trail_event (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL, at BIGINT NOT NULL, kind BIGINT NOT NULL,
          recipient TEXT NOT NULL, recipient_key TEXT NOT NULL, account_id BIGINT NOT NULL, queue_id BIGINT NOT NULL,
          host TEXT NOT NULL, text TEXT NOT NULL, until BIGINT NOT NULL);
        CREATE INDEX trail_event_id ON trail_event(id);
        CREATE INDEX trail_event_recipient ON trail_event(recipient_key, at) /*SQLITE:WHERE recipient_key <> ''*/;
        CREATE INDEX trail_event_account ON trail_event(account_id, at) /*SQLITE:WHERE account_id > 0*/;
        CREATE INDEX trail_event_queue ON trail_event(queue_id) /*SQLITE:WHERE queue_id > 0*/;
        CREATE TABLE withdrawal (                -- what was taken out of mailboxes, so that it can come back
          receipt TEXT NOT NULL, account_id BIGINT NOT NULL, store_id BIGINT NOT NULL, at BIGINT NOT NULL,
          message_id TEXT NOT NULL, restored_at BIGINT NOT NULL DEFAULT 0,
          PRIMARY KEY (receipt, account_id, store_id)) /*SQLITE: WITHOUT ROWID*/;
        """
}
