/// The tables of `sending.db`.
enum SendingSchema {
    static let schema = Schema(name: "sending", steps: [first])

    private static let first = """
        CREATE TABLE sending_count (             -- what was sent in ten minutes
          party TEXT NOT NULL, slot BIGINT NOT NULL, messages BIGINT NOT NULL, recipients BIGINT NOT NULL,
          new_recipients BIGINT NOT NULL, PRIMARY KEY (party, slot)) /*SQLITE: WITHOUT ROWID*/;
        CREATE INDEX sending_count_slot ON sending_count(slot);
        CREATE TABLE sending_known (             -- to whom it has written: digests, no names
          party TEXT NOT NULL, recipient BIGINT NOT NULL, last_at BIGINT NOT NULL,
          PRIMARY KEY (party, recipient)) /*SQLITE: WITHOUT ROWID*/;
        CREATE INDEX sending_known_last ON sending_known(last_at);
        CREATE TABLE sending_allowance (
          party TEXT NOT NULL PRIMARY KEY, most BIGINT NOT NULL, until_at BIGINT NOT NULL,   -- 0 = until revoked
          actor TEXT NOT NULL, reason TEXT NOT NULL, at BIGINT NOT NULL) /*SQLITE: WITHOUT ROWID*/;
        CREATE TABLE sending_episode (
          party TEXT NOT NULL PRIMARY KEY, began_at BIGINT NOT NULL, last_at BIGINT NOT NULL, held BIGINT NOT NULL,
          reason TEXT NOT NULL) /*SQLITE: WITHOUT ROWID*/;
        """
}
