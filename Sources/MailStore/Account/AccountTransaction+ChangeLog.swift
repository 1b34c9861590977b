internal import MailMessage

/// The log of changes, from which clients that were away hear what is new (RFC 7162 §3.1.4).
extension AccountTransaction {
    /// Ranges that are remembered; below them a mailbox is looked through as a whole, some 25 ms for 100,000 messages.
    static let changeLogLimit = 10_000
    /// So many steps of the clock lie between two looks at how long it is.
    static let changeLogStride: Int64 = 1_024
    /// Of one write; what is scattered more than that is logged as one range.
    static let changeLogRanges = 64

    /// `set` may hold messages that have not changed.
    func logChange(of set: UIDSet, in mailbox: MailboxID, _ modseq: ModSeq) throws {
        var ranges = set.coarseRanges
        if ranges.count > Self.changeLogRanges, let first = ranges.first, let last = ranges.last {
            ranges = [first.lowerBound...last.upperBound]
        }
        for range in ranges {
            try database(
                """
                INSERT INTO changed (account_id, mailbox_id, modseq, uid_lo, uid_hi) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (account_id, mailbox_id, modseq, uid_lo) DO UPDATE SET
                  uid_hi=CASE WHEN excluded.uid_hi>changed.uid_hi THEN excluded.uid_hi ELSE changed.uid_hi END
                """
            ).run(account, mailbox, modseq, range.lowerBound, range.upperBound)
        }
    }

    /// Before a write hides one that is not in the log: up to there the log is no longer believed.
    func admitUnlogged(to mailbox: MailboxID) throws {
        guard let floor = try unloggedWrite(to: mailbox) else { return }
        try raiseChangeFloor(to: floor)
    }

    /// Now and then, so that it does not grow for ever.
    func trimChangeLog(at modseq: ModSeq) throws {
        if modseq.value % Self.changeLogStride == 0 { try forgetChanges(keeping: Self.changeLogLimit) }
    }

    func forgetChanges(keeping limit: Int) throws {
        let newest = try database(
            "SELECT modseq FROM changed WHERE account_id=$1 ORDER BY modseq DESC LIMIT 1 OFFSET $2"
        ).number(account, limit)
        guard let floor = newest.flatMap(ModSeq.init) else { return }
        try database("DELETE FROM changed WHERE account_id=$1 AND modseq<=$2").run(account, floor)
        try raiseChangeFloor(to: floor)
    }

    private func raiseChangeFloor(to floor: ModSeq) throws {
        try database("UPDATE account_state SET changed_floor=$1 WHERE account_id=$2 AND changed_floor<$1")
            .run(floor, account)
    }
}
