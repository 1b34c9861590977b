package import MailMessage

extension AccountTransaction {
    /// EXPUNGE: removes what is marked \Deleted, all of it or only in `set`. Returns what went.
    package func expunge(in mailbox: MailboxID, _ set: UIDSet? = nil) throws -> UIDSet {
        try removeRows(in: mailbox, set ?? UIDSet(.first ... .last)) { $0.flags.contains(.deleted) }
    }

    /// Removes messages whatever their flags: POP3's QUIT, the purge.
    package func remove(in mailbox: MailboxID, _ set: UIDSet) throws -> UIDSet {
        try removeRows(in: mailbox, set) { _ in true }
    }

    private func removeRows(
        in mailbox: MailboxID, _ set: UIDSet, where isMeant: (MessageRow) -> Bool
    ) throws -> UIDSet {
        var rows: [MessageRow] = []
        try self.rows(in: mailbox, set) { if isMeant($0) { rows.append($0) } }
        guard !rows.isEmpty else { return [] }
        try charge(
            Charge(bytes: -rows.reduce(0) { $0 + $1.size }, messages: -Int64(rows.count)))
        let modseq = try open()
        let gone = UIDSet(rows.lazy.map(\.uid))
        for range in gone.ranges { try queueGarbage(range, in: mailbox) }
        try deleteRows(rows, in: mailbox, modseq)
        return gone
    }

    /// Message, bytes and file follow in batches, so that EXPUNGE of many stays quick.
    func queueGarbage(_ range: ClosedRange<UID>, in mailbox: MailboxID) throws {
        madeGarbage = true
        try checkTime()
        try database(
            """
            INSERT INTO message_gc (account_id, message_id, queued_at)
            SELECT account_id, message_id, $1 FROM mailbox_message
            WHERE account_id=$2 AND mailbox_id=$3 AND uid BETWEEN $4 AND $5
            ON CONFLICT (account_id, message_id) DO NOTHING
            """
        ).run(now, account, mailbox, range.lowerBound, range.upperBound)
    }
}
