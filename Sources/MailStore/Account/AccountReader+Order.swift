package import MailMessage

/// What SORT and THREAD look at. The bytes are lent to one closure.
package struct OrderedRow {
    package let uid: UID
    package let size: Int64
    package let receivedAt: EpochSeconds
    /// Nil without a Date that can be read.
    package let sentAt: EpochSeconds?
    package let envelope: UnsafeRawBufferPointer
    /// As `ReferenceDigests` keeps them; nil where they have not been found yet.
    package let references: UnsafeRawBufferPointer?
}

extension AccountReader {
    /// By ascending UID. The envelope is read only when asked for: it is most of a row.
    package func order(
        in mailbox: MailboxID, _ set: UIDSet, envelopes: Bool, references: Bool, _ body: (OrderedRow) throws -> Void
    ) throws {
        var members = SetWalk(set)
        for range in set.coarseRanges {
            try orderStatement(envelopes, references).each(account, mailbox, range.lowerBound, range.upperBound) {
                row in
                let uid = try row.uid(0, of: database)
                guard members.contains(uid) else { return }
                let sentAt = row.int64(3)
                try row.withBytes(4) { envelope in
                    try row.withBytes(5) { digests in
                        try body(
                            OrderedRow(
                                uid: uid, size: row.int64(1), receivedAt: row.int64(2),
                                sentAt: sentAt == 0 ? nil : sentAt, envelope: envelope,
                                references: row.isNull(5) ? nil : digests))
                    }
                }
            }
        }
    }

    private func orderStatement(_ envelopes: Bool, _ references: Bool) throws -> Statement {
        switch (envelopes, references) {
        case (false, _):
            try database(
                """
                SELECT mm.uid, mm.size, mm.received_at, m.sent_at, NULL, NULL FROM mailbox_message mm
                JOIN message m ON m.account_id=mm.account_id AND m.id=mm.message_id
                WHERE mm.account_id=$1 AND mm.mailbox_id=$2 AND mm.uid BETWEEN $3 AND $4 ORDER BY mm.uid
                """)
        case (true, false):
            try database(
                """
                SELECT mm.uid, mm.size, mm.received_at, m.sent_at, m.envelope, NULL FROM mailbox_message mm
                JOIN message m ON m.account_id=mm.account_id AND m.id=mm.message_id
                WHERE mm.account_id=$1 AND mm.mailbox_id=$2 AND mm.uid BETWEEN $3 AND $4 ORDER BY mm.uid
                """)
        case (true, true):
            try database(
                """
                SELECT mm.uid, mm.size, mm.received_at, m.sent_at, m.envelope, m.reference_digests
                FROM mailbox_message mm JOIN message m ON m.account_id=mm.account_id AND m.id=mm.message_id
                WHERE mm.account_id=$1 AND mm.mailbox_id=$2 AND mm.uid BETWEEN $3 AND $4 ORDER BY mm.uid
                """)
        }
    }
}

extension AccountTransaction {
    /// Keeps what was found of old mail. No change that a client could see: the clock stands still.
    package func keep(_ references: [(uid: UID, digests: ReferenceDigests)], in mailbox: MailboxID) throws {
        for (uid, digests) in references {
            try database(
                """
                UPDATE message SET reference_digests=$1 WHERE account_id=$2 AND reference_digests IS NULL
                  AND id=(SELECT message_id FROM mailbox_message WHERE account_id=$2 AND mailbox_id=$3 AND uid=$4)
                """
            ).run(digests.bytes, account, mailbox, uid)
        }
    }
}

/// Asks for the members of a set in ascending order, without searching anew each time.
package struct SetWalk {
    private let ranges: [ClosedRange<UID>]
    private var index = 0

    package init(_ set: UIDSet) { ranges = set.ranges }

    package mutating func contains(_ uid: UID) -> Bool {
        while index < ranges.count, ranges[index].upperBound < uid { index += 1 }
        return index < ranges.count && ranges[index].lowerBound <= uid
    }
}

extension UIDSet {
    /// A query costs as much as some dozen rows: holes smaller than that are read over.
    private static let hole: UInt32 = 32

    /// Ranges that hold the set and perhaps some more.
    package var coarseRanges: [ClosedRange<UID>] { stretches(over: Self.hole) }
}
