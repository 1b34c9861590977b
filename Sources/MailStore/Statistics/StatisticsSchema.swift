/// The tables of `statistics.db`. Nothing depends on them: the file can be deleted at any time.
enum StatisticsSchema {
    static let schema = Schema(name: "statistics", steps: [first])

    private static let first = """
        CREATE TABLE sample (
          span BIGINT NOT NULL, at BIGINT NOT NULL,           -- how many seconds, and when they began
          messages_in BIGINT NOT NULL, messages_out BIGINT NOT NULL,
          logins BIGINT NOT NULL, failures BIGINT NOT NULL, locked BIGINT NOT NULL,
          queued BIGINT NOT NULL,                             -- the most there were
          disk_used BIGINT NOT NULL, disk_total BIGINT NOT NULL,   -- as they were last
          PRIMARY KEY (span, at)) /*SQLITE: WITHOUT ROWID*/;
        CREATE TABLE counted (                   -- how far the counters of a server had come at its last sample
          server TEXT NOT NULL PRIMARY KEY, at BIGINT NOT NULL,
          messages_in BIGINT NOT NULL, messages_out BIGINT NOT NULL,
          logins BIGINT NOT NULL, failures BIGINT NOT NULL, locked BIGINT NOT NULL,
          certificate_ends_at BIGINT NOT NULL);  -- 0: there is none
        """
}
