extension DirectorySchema {
    /// What people set for themselves, beside name and language.
    static let preferences = """
        ALTER TABLE account ADD COLUMN signature TEXT NOT NULL DEFAULT '';
        """
}
