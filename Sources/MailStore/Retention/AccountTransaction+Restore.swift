package import MailMessage

/// The way back: into the mailbox a message was in, under a new UID, with its flags and its INTERNALDATE.
extension AccountTransaction {
    /// Where messages go whose mailbox nobody remembers.
    static let restoredName = "Restored"

    /// Those of `messages` that can come back; counts against the limit. `place`: all of them there instead.
    package func restore(_ messages: [MessageID], into place: MailboxName? = nil) throws -> Int {
        var groups: [MailboxID: [DepartedRow]] = [:]
        for message in messages {
            guard let row = try departed(message) else { continue }
            groups[row.mailbox, default: []].append(row)
        }
        for (mailbox, rows) in groups.sorted(by: { $0.key < $1.key }) {
            try restore(rows, to: try home(of: mailbox, place))
        }
        if !groups.isEmpty { try forgetFormerMailboxes() }
        return groups.values.reduce(0) { $0 + $1.count }
    }

    private struct DepartedRow {
        let id: MessageID
        let mailbox: MailboxID
        let flags: FlagBits
        let size: Int64
        let receivedAt: EpochSeconds
    }

    private func departed(_ message: MessageID) throws -> DepartedRow? {
        try database(
            """
            SELECT g.mailbox_id, g.flags, g.size, g.received_at FROM message_gc g
            JOIN message m ON m.account_id=g.account_id AND m.id=g.message_id
            WHERE g.account_id=$1 AND g.message_id=$2 AND g.keep_until>0
            """
        ).first(account, message) { row in
            // Marked \Deleted it would go with the next EXPUNGE.
            DepartedRow(
                id: message, mailbox: MailboxID(row.int64(0)),
                flags: FlagBits(rawValue: row.int64(1)).subtracting(.deleted), size: row.int64(2),
                receivedAt: row.int64(3))
        }
    }

    private func restore(_ rows: [DepartedRow], to mailbox: MailboxID) throws {
        let zone = try zone(of: mailbox)
        var change = CounterChange()
        for row in rows { change.add(row.flags, size: row.size) }
        let modseq = try charge(
            Charge(bytes: change.bytes, messages: Int64(rows.count), limit: limit(in: zone))
        ).modseq
        let first = try count(change, in: mailbox, uids: rows.count).firstUID
        try leaveRestorable(rows.map(\.id))
        let restored = try rows.enumerated().map { offset, row in
            guard let uid = UID(exactly: Int64(first.value) + Int64(offset)) else { throw StoreError.closed }
            return MessageRow(
                uid: uid, messageID: row.id, flags: row.flags, modseq: modseq, size: row.size,
                receivedAt: row.receivedAt, savedAt: now, trashedAt: zone.isTrash ? now : nil,
                junkedAt: zone.isJunk ? now : nil)
        }
        try insertRows(restored, in: mailbox)
        for row in rows {
            try checkTime()
            try database("DELETE FROM message_gc WHERE account_id=$1 AND message_id=$2").run(account, row.id)
        }
    }

    /// The mailbox itself, else one of its name, made anew where there is none.
    private func home(of former: MailboxID, _ wanted: MailboxName?) throws -> MailboxID {
        if wanted == nil, try mailbox(former) != nil { return former }
        let known = try formerMailboxes()[former]
        guard let name = wanted ?? known?.name ?? MailboxName(Self.restoredName) else {
            throw StoreError.noSuchMailbox(nil)
        }
        if let there = try mailboxID(name) { return there }
        let role = wanted == nil ? known?.role : nil
        let isFree = try role.map { try mailboxID(role: $0) == nil } ?? false
        let made = try createMailbox(name, role: isFree ? role : nil)
        try subscribe(name, true)
        if wanted == nil, let known { try recallTies(of: former, known, to: made.id) }
        return made.id
    }
}
