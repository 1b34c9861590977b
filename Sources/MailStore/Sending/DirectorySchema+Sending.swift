extension DirectorySchema {
    /// How much the accounts of a class may send, where it is not what everybody may.
    static let sendingRules = """
        CREATE TABLE sending_rule (              -- limit_name as in SendingLimit; most 0 = as much as they like
          class_id BIGINT NOT NULL, limit_name TEXT NOT NULL, most BIGINT NOT NULL,
          PRIMARY KEY (class_id, limit_name)) /*SQLITE: WITHOUT ROWID*/;
        """
}
