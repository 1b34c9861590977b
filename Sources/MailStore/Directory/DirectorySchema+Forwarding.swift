extension DirectorySchema {
    /// Where accounts send their mail on to.
    static let forwarding = """
        ALTER TABLE account ADD COLUMN forward_to TEXT NOT NULL DEFAULT '';     -- '' = it stays here
        ALTER TABLE account ADD COLUMN forward_keeps BIGINT NOT NULL DEFAULT 1;  -- and it stays here as well
        """
}
