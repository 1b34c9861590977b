internal import MailMessage

/// A deleted mailbox that something can come back to, and what was tied to it: who might do what, and its annotations.
struct FormerMailbox {
    let name: MailboxName
    let role: MailboxRole?
    /// False for those that were deleted before lists were kept: nothing is known of who shared them.
    let keepsGrants: Bool
}

extension AccountReader {
    func formerMailboxes() throws -> [MailboxID: FormerMailbox] {
        var found: [MailboxID: FormerMailbox] = [:]
        try database("SELECT id, name, role, keeps_grants FROM former_mailbox WHERE account_id=$1").each(account) {
            guard let name = MailboxName($0.text(1)) else { return }
            found[MailboxID($0.int64(0))] = FormerMailbox(
                name: name, role: MailboxRole(rawValue: $0.text(2)), keepsGrants: $0.bool(3))
        }
        return found
    }
}

extension AccountTransaction {
    /// Entries in the lists of all deleted mailboxes together: beyond it they come back unshared.
    package static let formerGrantLimit = 10_000

    /// Where what was in a mailbox that is deleted may come back to. Before the mailbox itself goes.
    func rememberFormer(_ id: MailboxID, _ name: MailboxName, role: MailboxRole?) throws {
        let remembered = try database(
            """
            INSERT INTO former_mailbox (account_id, id, name, role, keeps_grants) SELECT $1, $2, $3, $4, 1
            WHERE EXISTS (SELECT 1 FROM message_gc WHERE account_id=$1 AND mailbox_id=$2 AND keep_until>0)
            """
        ).run(account, id, name.text, role?.rawValue ?? "")
        guard remembered > 0 else { return }
        try rememberGrants(of: id)
        try rememberMetadata(of: id)
    }

    private func rememberGrants(of id: MailboxID) throws {
        let kept = try database("SELECT count(*) FROM former_grant WHERE account_id=$1").number(account) ?? 0
        guard kept + Int64(try grants(on: id).count) <= Int64(Self.formerGrantLimit) else { return }
        try database(
            """
            INSERT INTO former_grant (account_id, mailbox_id, kind, grantee_id, is_negative, rights)
            SELECT account_id, mailbox_id, kind, grantee_id, is_negative, rights FROM mailbox_grant
            WHERE account_id=$1 AND mailbox_id=$2
            """
        ).run(account, id)
    }

    /// Within the same bounds as those of mailboxes that are there: what is too much is not kept.
    private func rememberMetadata(of id: MailboxID) throws {
        try database(
            """
            INSERT INTO former_metadata (account_id, mailbox_id, reader_id, name, value)
            SELECT account_id, mailbox_id, reader_id, name, value FROM metadata
            WHERE account_id=$1 AND mailbox_id=$2 AND is_set=1
            """
        ).run(account, id)
        let isTooMuch =
            try database("SELECT count(*), coalesce(sum(length(value)), 0) FROM former_metadata WHERE account_id=$1")
            .first(account) { $0.int(0) > Self.metadataEntryLimit || $0.int64(1) > Self.metadataByteLimit } ?? false
        guard isTooMuch else { return }
        try database("DELETE FROM former_metadata WHERE account_id=$1 AND mailbox_id=$2").run(account, id)
    }

    /// For a mailbox that was made anew. Its list is the one it had, not that of the mailbox above it: what its owner had kept
    /// to himself stays so.
    func recallTies(of former: MailboxID, _ known: FormerMailbox, to made: MailboxID) throws {
        if known.keepsGrants {
            try deleteGrants(on: made)
            try database(
                """
                INSERT INTO mailbox_grant (account_id, mailbox_id, kind, grantee_id, is_negative, rights)
                SELECT account_id, $1, kind, grantee_id, is_negative, rights FROM former_grant
                WHERE account_id=$2 AND mailbox_id=$3
                """
            ).run(made, account, former)
        }
        try database(
            """
            INSERT INTO metadata (account_id, mailbox_id, reader_id, name, modseq, is_set, value)
            SELECT account_id, $1, reader_id, name, $2, 1, value FROM former_metadata
            WHERE account_id=$3 AND mailbox_id=$4
            """
        ).run(made, try open(), account, former)
        // Mail comes first: annotations that no longer fit stay away.
        do { try checkMetadata() } catch StoreError.tooMuchMetadata { try removeMetadata(of: made) }
    }

    func forgetFormerMailboxes() throws {
        try database(
            """
            DELETE FROM former_mailbox WHERE account_id=$1 AND NOT EXISTS (SELECT 1 FROM message_gc g
              WHERE g.account_id=former_mailbox.account_id AND g.mailbox_id=former_mailbox.id AND g.keep_until>0)
            """
        ).run(account)
        try database(
            """
            DELETE FROM former_grant WHERE account_id=$1 AND NOT EXISTS (SELECT 1 FROM former_mailbox f
              WHERE f.account_id=former_grant.account_id AND f.id=former_grant.mailbox_id)
            """
        ).run(account)
        try database(
            """
            DELETE FROM former_metadata WHERE account_id=$1 AND NOT EXISTS (SELECT 1 FROM former_mailbox f
              WHERE f.account_id=former_metadata.account_id AND f.id=former_metadata.mailbox_id)
            """
        ).run(account)
    }
}

extension AccountSchema {
    /// What was tied to a deleted mailbox comes back with it. Rows of before say nothing of who shared them.
    static let formerTies = """
        ALTER TABLE former_mailbox ADD COLUMN keeps_grants BIGINT NOT NULL DEFAULT 0;
        CREATE TABLE former_grant (              -- as mailbox_grant
          account_id BIGINT NOT NULL, mailbox_id BIGINT NOT NULL, kind BIGINT NOT NULL, grantee_id BIGINT NOT NULL,
          is_negative BIGINT NOT NULL, rights BIGINT NOT NULL,
          PRIMARY KEY (account_id, mailbox_id, kind, grantee_id, is_negative)) /*SQLITE: WITHOUT ROWID*/;
        CREATE TABLE former_metadata (           -- as metadata
          account_id BIGINT NOT NULL, mailbox_id BIGINT NOT NULL, reader_id BIGINT NOT NULL, name TEXT NOT NULL,
          value BYTEA NOT NULL,
          PRIMARY KEY (account_id, mailbox_id, reader_id, name));
        """
}
