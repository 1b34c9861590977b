extension AccountSchema {
    /// The truth about who may do what: beside the mailbox, so that it goes where the mailbox goes.
    static let grants = """
        CREATE TABLE mailbox_grant (
          account_id BIGINT NOT NULL, mailbox_id BIGINT NOT NULL,
          kind BIGINT NOT NULL,                  -- 1 an account, 2 an organisation
          grantee_id BIGINT NOT NULL,            -- in directory.db, never given twice
          is_negative BIGINT NOT NULL,           -- 1: these rights are taken, whoever gives them
          rights BIGINT NOT NULL,                -- MailboxRights
          PRIMARY KEY (account_id, mailbox_id, kind, grantee_id, is_negative)) /*SQLITE: WITHOUT ROWID*/;
        """
}

extension DirectorySchema {
    /// `share` is a hint: it names at least everybody who is given something, so that nobody's mailboxes need be opened to
    /// find out that they are not shared.
    static let shares = """
        CREATE TABLE share (
          kind BIGINT NOT NULL, grantee_id BIGINT NOT NULL, owner_id BIGINT NOT NULL,
          PRIMARY KEY (kind, grantee_id, owner_id)) /*SQLITE: WITHOUT ROWID*/;
        CREATE INDEX share_owner ON share(owner_id);
        CREATE TABLE send_as (                  -- who may send with whose addresses
          owner_id BIGINT NOT NULL, grantee_id BIGINT NOT NULL, created_at BIGINT NOT NULL,
          PRIMARY KEY (owner_id, grantee_id)) /*SQLITE: WITHOUT ROWID*/;
        CREATE INDEX send_as_grantee ON send_as(grantee_id);
        """
}
