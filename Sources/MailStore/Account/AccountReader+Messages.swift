package import MailMessage

extension AccountReader {
    /// All UIDs of a mailbox in order: a session's view begins with them.
    package func uids(in mailbox: MailboxID) throws -> [UID] {
        var uids: [UID] = []
        try database("SELECT uid FROM mailbox_message WHERE account_id=$1 AND mailbox_id=$2 ORDER BY uid")
            .each(account, mailbox) { uids.append(try $0.uid(0, of: database)) }
        return uids
    }

    /// The UIDs of `set` that exist.
    package func uids(in mailbox: MailboxID, _ set: UIDSet) throws -> [UID] {
        var uids: [UID] = []
        for range in set.ranges {
            try database(
                """
                SELECT uid FROM mailbox_message WHERE account_id=$1 AND mailbox_id=$2 AND uid BETWEEN $3 AND $4
                ORDER BY uid
                """
            ).each(account, mailbox, range.lowerBound, range.upperBound) { uids.append(try $0.uid(0, of: database)) }
        }
        return uids
    }

    /// Reading so many rows too many is cheaper than another statement.
    static let rowGap: UInt32 = 32

    /// Streams the rows of `set` by ascending UID.
    package func rows(
        in mailbox: MailboxID, _ set: UIDSet, changedSince: ModSeq? = nil, flagged: FlagFilter = .any,
        _ body: (MessageRow) throws -> Void
    ) throws {
        var seen = 0
        let stretches = set.stretches(over: Self.rowGap)
        let isExact = stretches.count == set.ranges.count
        for range in stretches {
            try database(
                """
                SELECT uid, message_id, flags, modseq, size, received_at, saved_at, trashed_at, junked_at
                FROM mailbox_message
                WHERE account_id=$1 AND mailbox_id=$2 AND uid BETWEEN $3 AND $4 AND modseq>$5 AND flags & $6 = $7
                ORDER BY uid
                """
            ).each(
                account, mailbox, range.lowerBound, range.upperBound, changedSince?.value ?? -1,
                flagged.mask.rawValue, flagged.all.rawValue
            ) { row in
                if seen.isMultiple(of: Self.rowsPerLook) { try checkTime() }
                seen += 1
                let row = try MessageRow(row, of: database)
                if isExact || set.contains(row.uid) { try body(row) }
            }
        }
    }

    package func row(in mailbox: MailboxID, uid: UID) throws -> MessageRow? {
        var found: MessageRow?
        try rows(in: mailbox, [uid]) { found = $0 }
        return found
    }

    /// What has happened in a mailbox since a modseq the caller has seen. Throws `noSuchMailbox` when it is gone.
    /// `except`: what a write of the caller's own has changed is not listed.
    package func changes(
        in mailbox: MailboxID, since: ModSeq, except own: ModSeq? = nil
    ) throws -> MailboxChanges {
        guard let node = try lineage(of: mailbox).nodes[mailbox] else { throw StoreError.noSuchMailbox(nil) }
        let isNew = node.highestModSeq > since
        let floor = try database("SELECT vanished_floor FROM account_state WHERE account_id=$1").number(account) ?? 0
        return MailboxChanges(
            changed: isNew ? try changedRows(in: mailbox, since: since, except: own) : [],
            vanished: isNew ? try vanished(in: mailbox, since: since) : [],
            highestModSeq: node.highestModSeq, uidNext: UID(exactly: node.uidNext) ?? .last, total: node.total,
            unseen: node.unseen, isComplete: since.value >= floor)
    }

    /// UIDs that went away after `since` (RFC 7162 §3.2.5.1).
    package func vanished(in mailbox: MailboxID, since: ModSeq) throws -> UIDSet {
        var ranges: [ClosedRange<UID>] = []
        try database("SELECT uid_lo, uid_hi FROM vanished WHERE account_id=$1 AND mailbox_id=$2 AND modseq>$3")
            .each(account, mailbox, since) { row in
                let (low, high) = (try row.uid(0, of: database), try row.uid(1, of: database))
                if low <= high { ranges.append(low...high) }
            }
        return UIDSet(ranges: ranges)
    }

    private func changedRows(in mailbox: MailboxID, since: ModSeq, except own: ModSeq?) throws -> [MessageRow] {
        var found: [MessageRow] = []
        try rows(in: mailbox, try mayHaveChanged(in: mailbox, since: since, except: own), changedSince: since) { row in
            if row.modseq != own { found.append(row) }
        }
        return found
    }
}

extension MessageRow {
    /// Beyond these a row is damage: sums and dates of what is inside cannot overflow.
    static let largestSize: Int64 = 1 << 40
    static let moments: ClosedRange<EpochSeconds> = -(1 << 40)...(1 << 40)

    init(_ row: borrowing Row, of database: SQLConnection) throws {
        let (size, receivedAt, savedAt) = (row.int64(4), row.int64(5), row.int64(6))
        let (trashedAt, junkedAt) = (row.int64(7), row.int64(8))
        guard (0...Self.largestSize).contains(size), Self.moments.contains(receivedAt),
            Self.moments.contains(savedAt), Self.moments.contains(trashedAt), Self.moments.contains(junkedAt)
        else {
            throw StoreError.damaged(file: database.path, detail: "size or date out of range")
        }
        self.init(
            uid: try row.uid(0, of: database), messageID: MessageID(row.int64(1)),
            flags: FlagBits(rawValue: row.int64(2)),
            modseq: row.modseq(3), size: size, receivedAt: receivedAt, savedAt: savedAt,
            trashedAt: trashedAt > 0 ? trashedAt : nil, junkedAt: junkedAt > 0 ? junkedAt : nil)
    }
}

extension MessageRow {
    /// The same with other flags.
    package func flagged(_ flags: FlagBits, at modseq: ModSeq) -> MessageRow {
        MessageRow(
            uid: uid, messageID: messageID, flags: flags, modseq: modseq, size: size, receivedAt: receivedAt,
            savedAt: savedAt, trashedAt: trashedAt, junkedAt: junkedAt)
    }
}
