extension DirectorySchema {
    /// What is answered while somebody is away, and who has been answered.
    static let vacation = """
        ALTER TABLE account ADD COLUMN is_away BIGINT NOT NULL DEFAULT 0;  -- answers: the days are in vacation
        CREATE TABLE vacation (
          account_id BIGINT NOT NULL PRIMARY KEY,
          from_at BIGINT NOT NULL, until_at BIGINT NOT NULL,        -- 0 = no such bound
          days BIGINT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL);
        CREATE TABLE vacation_answer (           -- a hint against answering twice; no need to know whom
          account_id BIGINT NOT NULL, sender BIGINT NOT NULL, at BIGINT NOT NULL,
          PRIMARY KEY (account_id, sender)) /*SQLITE: WITHOUT ROWID*/;
        """
}
