/// The database of one account. Runs unchanged on PostgreSQL: BIGINT, TEXT (validated UTF-8 without NUL) and BYTEA
/// (whatever came off the wire) only, `account_id` leads every key, nothing is NULL in a key.
enum AccountSchema {
    /// New ones at the end: a store knows only how many it has taken.
    static let schema = Schema(
        name: "account",
        steps: [
            first, recent, objects, references, grants, previews, metadata, departures, formerTies, changeLog,
            unseenMarks,
        ])

    private static let first = """
        CREATE TABLE account_state (
          account_id BIGINT NOT NULL PRIMARY KEY,
          next_id BIGINT NOT NULL,               -- mailboxes, messages, blobs: one counter, never reused
          modseq BIGINT NOT NULL,                -- the account's clock: one step per write
          uidvalidity BIGINT NOT NULL,           -- the last one given: strictly increasing
          vanished_floor BIGINT NOT NULL,        -- `vanished` is complete for modseqs above this
          bytes_used BIGINT NOT NULL, message_count BIGINT NOT NULL,
          created_at BIGINT NOT NULL);
        CREATE TABLE mailbox (
          account_id BIGINT NOT NULL, id BIGINT NOT NULL, parent_id BIGINT NOT NULL, name TEXT NOT NULL,
          role TEXT NOT NULL, uidvalidity BIGINT NOT NULL, uidnext BIGINT NOT NULL, highestmodseq BIGINT NOT NULL,
          total BIGINT NOT NULL DEFAULT 0, unseen BIGINT NOT NULL DEFAULT 0, deleted BIGINT NOT NULL DEFAULT 0,
          bytes BIGINT NOT NULL DEFAULT 0,
          PRIMARY KEY (account_id, id), UNIQUE (account_id, parent_id, name)) /*SQLITE: WITHOUT ROWID*/;
        CREATE TABLE subscription (
          account_id BIGINT NOT NULL, name TEXT NOT NULL,
          PRIMARY KEY (account_id, name)) /*SQLITE: WITHOUT ROWID*/;
        CREATE TABLE keyword (
          account_id BIGINT NOT NULL, bit BIGINT NOT NULL, name TEXT NOT NULL,
          PRIMARY KEY (account_id, bit)) /*SQLITE: WITHOUT ROWID*/;
        CREATE TABLE blob (
          account_id BIGINT NOT NULL, id BIGINT NOT NULL, size BIGINT NOT NULL, refs BIGINT NOT NULL,
          file_name TEXT NOT NULL,               -- '' = in blob_data
          digest BIGINT NOT NULL,                -- XXH64 of the bytes
          PRIMARY KEY (account_id, id)) /*SQLITE: WITHOUT ROWID*/;
        -- Wide rows live in SQLite's rowid tables, whose leaves hold four times as much of a row before it spills.
        CREATE TABLE blob_data (
          account_id BIGINT NOT NULL, id /*SQLITE: INTEGER PRIMARY KEY*//*SQLITE-*/BIGINT/*-SQLITE*/ NOT NULL,
          data BYTEA NOT NULL/*SQLITE-*/, PRIMARY KEY (account_id, id)/*-SQLITE*/);
        CREATE TABLE message (                   -- what never changes about a message
          account_id BIGINT NOT NULL, id /*SQLITE: INTEGER PRIMARY KEY*//*SQLITE-*/BIGINT/*-SQLITE*/ NOT NULL,
          blob_id BIGINT NOT NULL, thread_id BIGINT NOT NULL, created_modseq BIGINT NOT NULL,
          sent_at BIGINT NOT NULL, has_attachment BIGINT NOT NULL,
          envelope BYTEA NOT NULL, bodystructure BYTEA NOT NULL
          /*SQLITE-*/, PRIMARY KEY (account_id, id)/*-SQLITE*/);
        CREATE TABLE mailbox_message (           -- narrow: flags, sizes and dates of 100,000 rows come from here
          account_id BIGINT NOT NULL, mailbox_id BIGINT NOT NULL, uid BIGINT NOT NULL, message_id BIGINT NOT NULL,
          modseq BIGINT NOT NULL,
          flags BIGINT NOT NULL,                 -- bits 0-7 system, 8-61 keyword.bit
          size BIGINT NOT NULL, received_at BIGINT NOT NULL, saved_at BIGINT NOT NULL,
          trashed_at BIGINT NOT NULL,            -- when it entered the trash, 0 outside of it
          PRIMARY KEY (account_id, mailbox_id, uid)) /*SQLITE: WITHOUT ROWID*/;
        CREATE INDEX mailbox_message_modseq ON mailbox_message (account_id, mailbox_id, modseq);
        CREATE INDEX mailbox_message_message ON mailbox_message (account_id, message_id);
        CREATE INDEX mailbox_message_trashed ON mailbox_message (account_id, trashed_at) WHERE trashed_at > 0;
        CREATE TABLE vanished (                  -- ranges of UIDs that went with one modseq
          account_id BIGINT NOT NULL, mailbox_id BIGINT NOT NULL, modseq BIGINT NOT NULL, uid_lo BIGINT NOT NULL,
          uid_hi BIGINT NOT NULL,
          PRIMARY KEY (account_id, mailbox_id, modseq, uid_lo)) /*SQLITE: WITHOUT ROWID*/;
        CREATE TABLE message_gc (                -- gone from its mailbox; message, blob and file follow in batches
          account_id BIGINT NOT NULL, message_id BIGINT NOT NULL, queued_at BIGINT NOT NULL,
          PRIMARY KEY (account_id, message_id)) /*SQLITE: WITHOUT ROWID*/;
        """

    /// UIDs from here on have been shown to no session yet: \Recent (RFC 3501 §2.3.2).
    private static let recent = """
        ALTER TABLE mailbox ADD COLUMN recent_uid BIGINT NOT NULL DEFAULT 1;
        """

    /// Threads (RFC 8474 §5.2): a message that names one of these identifiers, or has it, belongs to the thread. A thread is
    /// called by the blob of its first message, so that copies stay in it.
    private static let objects = """
        CREATE TABLE thread_key (
          account_id BIGINT NOT NULL, key_hash BIGINT NOT NULL, thread_id BIGINT NOT NULL,
          PRIMARY KEY (account_id, key_hash)) /*SQLITE: WITHOUT ROWID*/;
        CREATE INDEX thread_key_thread ON thread_key (account_id, thread_id);
        UPDATE message SET thread_id=blob_id WHERE thread_id=0;
        CREATE INDEX message_blob ON message (account_id, blob_id);
        CREATE INDEX message_thread ON message (account_id, thread_id);
        """

    /// `ReferenceDigests`. NULL where a message came in before there was this column: found when first asked for.
    private static let references = """
        ALTER TABLE message ADD COLUMN reference_digests BYTEA;
        """

    /// What is new or different, by ranges: an index by modseq would move with each flag of each message. Complete above the
    /// floor; ranges may hold messages that have not changed.
    private static let changeLog = """
        CREATE TABLE changed (
          account_id BIGINT NOT NULL, mailbox_id BIGINT NOT NULL, modseq BIGINT NOT NULL, uid_lo BIGINT NOT NULL,
          uid_hi BIGINT NOT NULL,
          PRIMARY KEY (account_id, mailbox_id, modseq, uid_lo)) /*SQLITE: WITHOUT ROWID*/;
        ALTER TABLE account_state ADD COLUMN changed_floor BIGINT NOT NULL DEFAULT 0;
        UPDATE account_state SET changed_floor=modseq;
        DROP INDEX mailbox_message_modseq;
        """

    /// What is unread: 32 messages a row, none for such as are all read.
    private static let unseenMarks = """
        CREATE TABLE unseen_mark (
          account_id BIGINT NOT NULL, mailbox_id BIGINT NOT NULL,
          word BIGINT NOT NULL,                  -- UID / 32
          bits BIGINT NOT NULL,                  -- bit UID % 32
          PRIMARY KEY (account_id, mailbox_id, word)) /*SQLITE: WITHOUT ROWID*/;
        ALTER TABLE mailbox ADD COLUMN marked_modseq BIGINT NOT NULL DEFAULT -1;          -- of the marks; -1: there are none
        """

    /// Annotations (RFC 5464). `mailbox_id` 0: of the server; `reader_id` 0: shared by all readers.
    private static let metadata = """
        CREATE TABLE metadata (
          account_id BIGINT NOT NULL, mailbox_id BIGINT NOT NULL, reader_id BIGINT NOT NULL, name TEXT NOT NULL,
          modseq BIGINT NOT NULL, is_set BIGINT NOT NULL, value BYTEA NOT NULL,
          PRIMARY KEY (account_id, mailbox_id, reader_id, name));
        CREATE INDEX metadata_modseq ON metadata (account_id, modseq);
        """

    /// The first words of messages that somebody has asked for (RFC 8970): made once, not for every look at a folder.
    private static let previews = """
        CREATE TABLE preview (
          account_id BIGINT NOT NULL, blob_id BIGINT NOT NULL, words TEXT NOT NULL,
          PRIMARY KEY (account_id, blob_id)) /*SQLITE: WITHOUT ROWID*/;
        """
}
