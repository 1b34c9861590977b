package import MailMessage

/// Prebuilt texts of one message, lent to one closure.
package struct LentFacts {
    package let envelope: UnsafeRawBufferPointer
    package let bodyStructure: UnsafeRawBufferPointer
}

/// One message's envelope, lent to one closure, and when it came.
package struct LentEnvelope {
    package let uid: UID
    package let receivedAt: EpochSeconds
    package let envelope: UnsafeRawBufferPointer
}

/// What clients ask of whole mailboxes: no more columns are read than are shown, and nothing is copied.
extension AccountReader {
    /// By ascending UID.
    package func flags(in mailbox: MailboxID, _ set: UIDSet, _ body: (UID, FlagBits) throws -> Void) throws {
        var members = SetWalk(set)
        for range in set.coarseRanges {
            try database(
                """
                SELECT uid, flags FROM mailbox_message
                WHERE account_id=$1 AND mailbox_id=$2 AND uid BETWEEN $3 AND $4 ORDER BY uid
                """
            ).each(account, mailbox, range.lowerBound, range.upperBound) { row in
                let uid = try row.uid(0, of: database)
                if members.contains(uid) { try body(uid, FlagBits(rawValue: row.int64(1))) }
            }
        }
    }

    /// What a filter lets through of everything in these ranges.
    package func flags(
        in mailbox: MailboxID, _ ranges: [ClosedRange<UID>], _ filter: FlagFilter,
        _ body: (UID, FlagBits) throws -> Void
    ) throws {
        var seen = 0
        for range in ranges {
            try database(
                """
                SELECT uid, flags FROM mailbox_message
                WHERE account_id=$1 AND mailbox_id=$2 AND uid BETWEEN $3 AND $4 AND flags & $5 = $6 ORDER BY uid
                """
            ).each(
                account, mailbox, range.lowerBound, range.upperBound, filter.mask.rawValue, filter.all.rawValue
            ) { row in
                if seen.isMultiple(of: Self.rowsPerLook) { try checkTime() }
                seen += 1
                try body(try row.uid(0, of: database), FlagBits(rawValue: row.int64(1)))
            }
        }
    }

    /// A write is not interrupted by itself, and the clock costs as much as a row.
    static let rowsPerLook = 256

    /// With the modseq, for those who change them.
    package func flagRows(in mailbox: MailboxID, _ set: UIDSet, _ body: (FlagRow) throws -> Void) throws {
        var members = SetWalk(set)
        var seen = 0
        for range in set.coarseRanges {
            try database(
                """
                SELECT uid, flags, modseq FROM mailbox_message
                WHERE account_id=$1 AND mailbox_id=$2 AND uid BETWEEN $3 AND $4 ORDER BY uid
                """
            ).each(account, mailbox, range.lowerBound, range.upperBound) { row in
                if seen.isMultiple(of: Self.rowsPerLook) { try checkTime() }
                seen += 1
                let uid = try row.uid(0, of: database)
                guard members.contains(uid) else { return }
                try body(FlagRow(uid: uid, flags: FlagBits(rawValue: row.int64(1)), modseq: row.modseq(2)))
            }
        }
    }

    /// Rows and what is kept of their messages, by ascending UID.
    package func listing(
        in mailbox: MailboxID, _ set: UIDSet, changedSince: ModSeq? = nil,
        _ body: (MessageRow, LentFacts) throws -> Void
    ) throws {
        var members = SetWalk(set)
        for range in set.coarseRanges {
            try database(
                """
                SELECT mm.uid, mm.message_id, mm.flags, mm.modseq, mm.size, mm.received_at, mm.saved_at, mm.trashed_at,
                  mm.junked_at, m.envelope, m.bodystructure
                FROM mailbox_message mm JOIN message m ON m.account_id=mm.account_id AND m.id=mm.message_id
                WHERE mm.account_id=$1 AND mm.mailbox_id=$2 AND mm.uid BETWEEN $3 AND $4 AND mm.modseq>$5
                ORDER BY mm.uid
                """
            ).each(account, mailbox, range.lowerBound, range.upperBound, changedSince?.value ?? -1) { columns in
                let row = try MessageRow(columns, of: database)
                guard members.contains(row.uid) else { return }
                try columns.withBytes(9) { envelope in
                    try columns.withBytes(10) { try body(row, LentFacts(envelope: envelope, bodyStructure: $0)) }
                }
            }
        }
    }

    /// By ascending UID, and no more columns than a look into envelopes needs.
    package func envelopes(
        in mailbox: MailboxID, _ range: ClosedRange<UID>, _ body: (LentEnvelope) throws -> Void
    ) throws {
        try database(
            """
            SELECT mm.uid, mm.received_at, m.envelope
            FROM mailbox_message mm JOIN message m ON m.account_id=mm.account_id AND m.id=mm.message_id
            WHERE mm.account_id=$1 AND mm.mailbox_id=$2 AND mm.uid BETWEEN $3 AND $4 ORDER BY mm.uid
            """
        ).each(account, mailbox, range.lowerBound, range.upperBound) { row in
            let (uid, receivedAt) = (try row.uid(0, of: database), row.int64(1))
            try row.withBytes(2) { try body(LentEnvelope(uid: uid, receivedAt: receivedAt, envelope: $0)) }
        }
    }
}
