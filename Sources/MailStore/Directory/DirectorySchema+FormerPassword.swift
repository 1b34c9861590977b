extension DirectorySchema {
    /// What recognises the password from before the last change, and where the mail password has been used.
    static let formerPassword = """
        CREATE TABLE former_credential (
          account_id BIGINT NOT NULL PRIMARY KEY, hash TEXT NOT NULL,
          scram_iterations BIGINT NOT NULL DEFAULT 0, scram_salt BYTEA, scram_stored_key BYTEA,
          until BIGINT NOT NULL);
        CREATE INDEX former_credential_until ON former_credential(until);
        CREATE TABLE recent_device (
          account_id BIGINT NOT NULL, service TEXT NOT NULL, address TEXT NOT NULL, client TEXT NOT NULL,
          last_at BIGINT NOT NULL,
          PRIMARY KEY (account_id, service, address, client)) /*SQLITE: WITHOUT ROWID*/;
        CREATE INDEX recent_device_last ON recent_device(last_at);
        """
}
