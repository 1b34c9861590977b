package import MailMessage

/// For clients that were away (RFC 7162).
extension AccountReader {
    /// What has gone since; nil when the store does not remember that far back.
    package func rememberedVanished(in mailbox: MailboxID, since: ModSeq) throws -> UIDSet? {
        let floor = try database("SELECT vanished_floor FROM account_state WHERE account_id=$1").number(account) ?? 0
        return since.value >= floor ? try vanished(in: mailbox, since: since) : nil
    }

    /// The UIDs of what is new or different since.
    package func changedUIDs(in mailbox: MailboxID, since: ModSeq) throws -> UIDSet {
        var uids: [UID] = []
        for range in try mayHaveChanged(in: mailbox, since: since).coarseRanges {
            try database(
                """
                SELECT uid FROM mailbox_message
                WHERE account_id=$1 AND mailbox_id=$2 AND uid BETWEEN $3 AND $4 AND modseq>$5 ORDER BY uid
                """
            ).each(account, mailbox, range.lowerBound, range.upperBound, since) {
                uids.append(try $0.uid(0, of: database))
            }
        }
        return UIDSet(uids)
    }

    /// Changes after this moment are all in the log.
    var changeFloor: ModSeq {
        get throws {
            let value = try database("SELECT changed_floor FROM account_state WHERE account_id=$1").number(account)
            return value.flatMap(ModSeq.init) ?? .zero
        }
    }

    /// The last write to a mailbox, when neither log knows it: while an upgrade replaces workers, those of before write without.
    func unloggedWrite(to mailbox: MailboxID) throws -> ModSeq? {
        try database(
            """
            SELECT m.highestmodseq FROM mailbox m
            WHERE m.account_id=$1 AND m.id=$2 AND m.uidnext>1
              AND m.highestmodseq>(SELECT changed_floor FROM account_state WHERE account_id=$1)
              AND NOT EXISTS (SELECT 1 FROM changed c
                WHERE c.account_id=m.account_id AND c.mailbox_id=m.id AND c.modseq=m.highestmodseq)
              AND NOT EXISTS (SELECT 1 FROM vanished v
                WHERE v.account_id=m.account_id AND v.mailbox_id=m.id AND v.modseq=m.highestmodseq)
            """
        ).number(account, mailbox).flatMap(ModSeq.init)
    }

    /// Nothing else has changed since, but for what one write did: what the log says, or every UID where it does not reach.
    func mayHaveChanged(in mailbox: MailboxID, since: ModSeq, except own: ModSeq? = nil) throws -> UIDSet {
        guard try since >= changeFloor, try unloggedWrite(to: mailbox) == nil else { return UIDSet(.first ... .last) }
        var ranges: [ClosedRange<UID>] = []
        try database(
            "SELECT uid_lo, uid_hi FROM changed WHERE account_id=$1 AND mailbox_id=$2 AND modseq>$3 AND modseq<>$4"
        ).each(account, mailbox, since, own?.value ?? -1) { row in
            let (low, high) = (try row.uid(0, of: database), try row.uid(1, of: database))
            if low <= high { ranges.append(low...high) }
        }
        return UIDSet(ranges: ranges)
    }
}
