internal import MailMessage

/// Copies rows that make sense into the new database. Whatever refers to something that is gone stays behind.
struct Salvage {
    let target: SQLConnection
    let account: AccountID
    private let bodies: BodyFiles
    private let now: EpochSeconds
    /// With the next UID of each.
    private var mailboxes: [MailboxID: Int64] = [:]
    private var highestModSeq: Int64 = 0
    private var highestID: Int64 = 0
    /// Body files that rows name.
    private(set) var files: Set<String> = []
    private(set) var lost = 0

    init(_ target: SQLConnection, account: AccountID, files: BodyFiles, now: EpochSeconds) {
        self.target = target
        self.account = account
        bodies = files
        self.now = now
    }

    mutating func copy(_ source: DamagedAccount) throws {
        try copyMailboxes(source)
        try copyNames(source)
        copyGrants(source)
        try copyBodies(source)
        try copyMessages(source)
        copyThreads(source)
        copyMetadata(source)
        for (mailbox, next) in mailboxes { try copyRows(of: mailbox, uidNext: next, source) }
        try copyGone(source)
    }

    private mutating func copyMailboxes(_ source: DamagedAccount) throws {
        try source.rows(
            """
            SELECT id, parent_id, name, role, uidvalidity, uidnext, recent_uid FROM mailbox
            WHERE account_id=$1 AND id>=$2 ORDER BY id
            """, source.ids
        ) { row in
            let (id, parent) = (MailboxID(row.int64(0)), MailboxID(row.int64(1)))
            let validity = UInt32(exactly: row.int64(4))
            guard let validity, validity > 0, (1...4_294_967_296).contains(row.int64(5)) else { return }
            let name = MailboxName(components: [row.text(2)])?.leaf ?? "Recovered \(id)"
            let role = MailboxRole(rawValue: row.text(3))?.rawValue ?? ""
            let isNew =
                try target(
                    """
                    INSERT INTO mailbox (account_id, id, parent_id, name, role, uidvalidity, uidnext, highestmodseq,
                      recent_uid)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8) ON CONFLICT DO NOTHING
                    """
                ).run(account, id, parent, name, role, validity, row.int64(5), row.int64(6)) > 0
            if isNew { mailboxes[id] = row.int64(5) }
            highestID = max(highestID, id.value)
        }
        // A mailbox whose parent is gone comes to the top, under its own name or a new one.
        try target(
            """
            UPDATE mailbox SET parent_id=0, name=name || ' ' || CAST(id AS TEXT) WHERE parent_id<>0
              AND parent_id NOT IN (SELECT id FROM mailbox)
            """
        ).run()
    }

    private func copyNames(_ source: DamagedAccount) throws {
        try source.rows(
            "SELECT bit, name FROM keyword WHERE account_id=$1 AND bit>=$2 ORDER BY bit",
            Int64(FlagBits.firstKeywordBit)...Int64(FlagBits.lastKeywordBit)
        ) { row in
            guard let keyword = Keyword(row.text(1)) else { return }
            try target("INSERT INTO keyword (account_id, bit, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
                .run(account, row.int64(0), keyword.name)
        }
        try source.beginning("SELECT name FROM subscription WHERE account_id=$1 ORDER BY name") { row in
            guard let name = MailboxName(row.text(0)) else { return }
            try target("INSERT INTO subscription (account_id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .run(account, name.text)
        }
    }

    /// What can be read of them: later replies to what is lost begin a thread of their own. A database of before has none.
    private func copyThreads(_ source: DamagedAccount) {
        try? source.beginning("SELECT key_hash, thread_id FROM thread_key WHERE account_id=$1") { row in
            try target(
                """
                INSERT INTO thread_key (account_id, key_hash, thread_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
                """
            ).run(account, row.int64(0), row.int64(1))
        }
    }

    /// What can be read of them; a database of before has none.
    private func copyMetadata(_ source: DamagedAccount) {
        try? source.beginning(
            "SELECT mailbox_id, reader_id, name, modseq, is_set, value FROM metadata WHERE account_id=$1"
        ) { row in
            guard let entry = MetadataEntry(row.text(2)) else { return }
            try target(
                """
                INSERT INTO metadata (account_id, mailbox_id, reader_id, name, modseq, is_set, value)
                VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
                """
            ).run(
                account, row.int64(0), row.int64(1), entry.name, row.int64(3), row.int64(4), row.bytes(5))
        }
    }

    /// All or nothing: what gives rights must not survive what takes them. The sorting reads everything
    /// first. A database of before has none.
    private func copyGrants(_ source: DamagedAccount) {
        try? source.beginning(
            """
            SELECT mailbox_id, kind, grantee_id, is_negative, rights FROM mailbox_grant WHERE account_id=$1
            ORDER BY is_negative DESC
            """
        ) { row in
            let mailbox = MailboxID(row.int64(0))
            guard mailboxes[mailbox] != nil else { return }
            try target(
                """
                INSERT INTO mailbox_grant (account_id, mailbox_id, kind, grantee_id, is_negative, rights)
                VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
                """
            ).run(account, mailbox, row.int64(1), row.int64(2), row.int64(3), row.int64(4))
        }
    }

    /// Bodies first, without references; a blob is there when its bytes are.
    private mutating func copyBodies(_ source: DamagedAccount) throws {
        let isWhole = try source.rows(
            "SELECT id, data FROM blob_data WHERE account_id=$1 AND id>=$2 ORDER BY id", source.ids
        ) { row in
            let id = row.int64(0)
            try row.withBytes(1) { try insertBody(id, $0) }
            highestID = max(highestID, id)
        }
        if !isWhole { try copyLooseBodies(source) }
        try source.rows(
            "SELECT id, size, file_name, digest FROM blob WHERE account_id=$1 AND id>=$2 ORDER BY id", source.ids
        ) { row in
            let name = row.text(2)
            guard !name.isEmpty, let path = try? bodies.path(of: name), let size = StoreFolder.size(of: path),
                !files.contains(name)
            else { return }
            try insertBlob(row.int64(0), size: size, file: name, digest: row.int64(3))
            files.insert(name)
            highestID = max(highestID, row.int64(0))
        }
    }

    /// What no row describes any more is taken too; what differs from its row is an older one on a page used again.
    private mutating func copyLooseBodies(_ source: DamagedAccount) throws {
        try source.looseBodies { id, bytes in
            guard try target("SELECT 1 FROM blob_data WHERE id=$1").number(id) == nil else { return }
            let digest = Int64(bitPattern: ContentDigest.of(bytes))
            if let facts = source.facts(ofBlob: id), facts != (Int64(bytes.count), digest) { return }
            try bytes.withUnsafeBytes { try insertBody(id, $0) }
            highestID = max(highestID, id)
        }
    }

    private func insertBody(_ id: Int64, _ bytes: UnsafeRawBufferPointer) throws {
        var digest = ContentDigest()
        digest.consume(bytes)
        try target("INSERT INTO blob_data (account_id, id, data) VALUES ($1, $2, $3)")
            .run(account, id, BorrowedBytes(bytes: bytes))
        try insertBlob(id, size: Int64(bytes.count), file: "", digest: Int64(bitPattern: digest.value))
    }

    private func insertBlob(_ id: Int64, size: Int64, file: String, digest: Int64) throws {
        try target(
            """
            INSERT INTO blob (account_id, id, size, refs, file_name, digest) VALUES ($1, $2, $3, 0, $4, $5)
            ON CONFLICT DO NOTHING
            """
        ).run(account, id, size, file, digest)
    }

    private mutating func copyMessages(_ source: DamagedAccount) throws {
        try source.rows(
            """
            SELECT id, blob_id, thread_id, created_modseq, sent_at, has_attachment, envelope, bodystructure
            FROM message WHERE account_id=$1 AND id>=$2 ORDER BY id
            """, source.ids
        ) { row in
            let counted = try target("UPDATE blob SET refs=refs+1 WHERE account_id=$1 AND id=$2")
                .run(account, row.int64(1))
            guard counted > 0 else { return }
            try row.withBytes(6) { envelope in
                try row.withBytes(7) { structure in
                    _ = try target(
                        """
                        INSERT INTO message (account_id, id, blob_id, thread_id, created_modseq, sent_at,
                          has_attachment, envelope, bodystructure)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                        """
                    ).run(
                        account, row.int64(0), row.int64(1), row.int64(2), row.int64(3), row.int64(4), row.int64(5),
                        BorrowedBytes(bytes: envelope), BorrowedBytes(bytes: structure))
                }
            }
            highestID = max(highestID, row.int64(0))
        }
    }

    /// The size is the body's: quota and RFC822.SIZE then agree with the bytes.
    private mutating func copyRows(of mailbox: MailboxID, uidNext: Int64, _ source: DamagedAccount) throws {
        try source.rows(of: mailbox, uidNext: uidNext) { row in
            let size = try target(
                """
                SELECT b.size FROM message m JOIN blob b ON b.account_id=m.account_id AND b.id=m.blob_id
                WHERE m.account_id=$1 AND m.id=$2
                """
            ).number(account, row.int64(1))
            guard let size else { return lost += 1 }
            try target(
                """
                INSERT INTO mailbox_message (account_id, mailbox_id, uid, message_id, modseq, flags, size, received_at,
                  saved_at, trashed_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """
            ).run(
                account, mailbox, row.int64(0), row.int64(1), max(0, row.int64(2)), row.int64(3), size, row.int64(5),
                row.int64(6), max(0, row.int64(7)))
            highestModSeq = max(highestModSeq, row.int64(2))
        }
    }

    /// What was expunged must not come back by itself; what can be restored stays so.
    private func copyGone(_ source: DamagedAccount) throws {
        do { try copyRestorable(source) } catch StoreError.invalid {
            // A database of before, which was too damaged to be brought up to date.
            try source.rows(
                "SELECT message_id FROM message_gc WHERE account_id=$1 AND message_id>=$2 ORDER BY message_id",
                source.ids
            ) { row in
                try target("INSERT INTO message_gc (account_id, message_id, queued_at) VALUES ($1, $2, $3)")
                    .run(account, row.int64(0), now)
            }
        }
        copyFormer(source)
    }

    private func copyRestorable(_ source: DamagedAccount) throws {
        try source.rows(
            """
            SELECT message_id, queued_at, mailbox_id, flags, size, received_at, reason, keep_until FROM message_gc
            WHERE account_id=$1 AND message_id>=$2 ORDER BY message_id
            """, source.ids
        ) { row in
            let reason = Departure(rawValue: row.int64(6)) ?? .superseded
            try target(
                """
                INSERT INTO message_gc (account_id, message_id, queued_at, mailbox_id, flags, size, received_at, reason,
                  keep_until)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """
            ).run(
                account, row.int64(0), row.int64(1), row.int64(2), row.int64(3), max(0, row.int64(4)), row.int64(5),
                reason.rawValue, max(0, row.int64(7)))
        }
    }
}

extension Salvage {
    /// The account's own row: every number beyond what was given before. Clients that ask what went since an earlier
    /// modseq are told that nobody knows.
    func begin(_ source: DamagedAccount?) throws {
        let old = source?.state ?? DamagedAccount.State()
        let modseq = Self.after(max(old.modseq, highestModSeq))
        let validity = try target("SELECT max(uidvalidity) FROM mailbox").number() ?? 0
        try target(
            """
            INSERT INTO account_state (account_id, next_id, modseq, uidvalidity, vanished_floor, changed_floor,
              bytes_used, message_count, created_at)
            VALUES ($1, $2, $3, $4, $3, $3, 0, 0, $5)
            """
        ).run(
            account, Self.after(max(old.nextID, highestID)), modseq, max(old.uidValidity, validity),
            old.createdAt > 0 ? old.createdAt : now)
    }

    /// The next number, but none a damaged row made up.
    private static func after(_ value: Int64) -> Int64 { min(max(value, 0), Int64.max >> 1) + 1 }

    /// All counters from the rows.
    func count() throws {
        try target(
            """
            UPDATE mailbox SET highestmodseq=(SELECT modseq FROM account_state), marked_modseq=-1,
              uidnext=(SELECT max(mailbox.uidnext, coalesce(max(uid), 0)+1) FROM mailbox_message mm WHERE mm.mailbox_id=mailbox.id),
              total=(SELECT count(*) FROM mailbox_message mm WHERE mm.mailbox_id=mailbox.id),
              unseen=(SELECT count(*) FROM mailbox_message mm WHERE mm.mailbox_id=mailbox.id AND mm.flags & 1 = 0),
              deleted=(SELECT count(*) FROM mailbox_message mm WHERE mm.mailbox_id=mailbox.id AND mm.flags & 8 <> 0),
              bytes=(SELECT coalesce(sum(size), 0) FROM mailbox_message mm WHERE mm.mailbox_id=mailbox.id)
            """
        ).run()
        try target(
            """
            UPDATE account_state SET message_count=(SELECT count(*) FROM mailbox_message),
              bytes_used=(SELECT coalesce(sum(size), 0) FROM mailbox_message),
              restorable_bytes=(SELECT coalesce(sum(size), 0) FROM message_gc WHERE keep_until>0 AND reason<>2)
            """
        ).run()
    }
}
