package import MailMessage

/// Which messages are unread, kept beside the rows: found without a look at each message of a mailbox.
///
/// `mailbox.marked_modseq` is the HIGHESTMODSEQ for which the marks are right. Who does not know of them (a worker of
/// before an upgrade; a salvaged database) moves only the latter, and the next write makes them anew.
extension AccountReader {
    /// The UIDs without \Seen, at least those between the first and the last of `bounds`; nil where the marks are not up
    /// to date.
    package func markedUnseen(in mailbox: MailboxID, around bounds: UIDSet) throws -> UIDSet? {
        guard try marksAreRight(in: mailbox) else { return nil }
        guard let first = bounds.first, let last = bounds.last else { return UIDSet() }
        var ranges: [ClosedRange<UID>] = []
        try database(
            """
            SELECT word, bits FROM unseen_mark WHERE account_id=$1 AND mailbox_id=$2 AND word BETWEEN $3 AND $4
            ORDER BY word
            """
        ).each(account, mailbox, Int64(first.value / UnseenWord.width), Int64(last.value / UnseenWord.width)) {
            try UnseenWord($0, of: database).eachRange { ranges.append($0) }
        }
        return UIDSet(ranges: ranges)
    }

    package func firstUnseen(in mailbox: MailboxID) throws -> UID? {
        guard try marksAreRight(in: mailbox) else { return try firstUnseenRow(in: mailbox) }
        var first: UID?
        try database("SELECT word, bits FROM unseen_mark WHERE account_id=$1 AND mailbox_id=$2 ORDER BY word LIMIT 1")
            .each(account, mailbox) { row in
                try UnseenWord(row, of: database).eachRange { first = first ?? $0.lowerBound }
            }
        return first
    }

    private func marksAreRight(in mailbox: MailboxID) throws -> Bool {
        try database("SELECT 1 FROM mailbox WHERE account_id=$1 AND id=$2 AND marked_modseq=highestmodseq")
            .number(account, mailbox) != nil
    }

    private func firstUnseenRow(in mailbox: MailboxID) throws -> UID? {
        try database(
            """
            SELECT uid FROM mailbox_message WHERE account_id=$1 AND mailbox_id=$2 AND flags & 1 = 0 ORDER BY uid LIMIT 1
            """
        ).first(account, mailbox) { try $0.uid(0, of: database) }
    }

    /// As the rows have it, whatever else is wrong with them.
    func unseenRows(in mailbox: MailboxID) throws -> UIDSet {
        var unseen = UIDSet()
        var seen = 0
        try database(
            "SELECT uid FROM mailbox_message WHERE account_id=$1 AND mailbox_id=$2 AND flags & 1 = 0 ORDER BY uid"
        ).each(account, mailbox) { row in
            if seen.isMultiple(of: Self.rowsPerLook) { try checkTime() }
            seen += 1
            unseen.insert(try row.uid(0, of: database))
        }
        return unseen
    }

    /// Whether there are marks that are believed and say something else than the rows.
    func hasWrongMarks(_ mailbox: MailboxID, unseen: UIDSet) throws -> Bool {
        do {
            let marked = try markedUnseen(in: mailbox, around: UIDSet(.first ... .last))
            return marked != nil && marked != unseen
        } catch StoreError.damaged {
            return true
        }
    }
}

extension UnseenWord {
    init(_ row: borrowing Row, of database: SQLConnection) throws {
        guard let index = UInt32(exactly: row.int64(0)), index <= UID.last.value / Self.width,
            let bits = UInt32(exactly: row.int64(1)), bits > 0
        else {
            throw StoreError.damaged(file: database.path, detail: "a mark out of range")
        }
        self.init(index: index, bits: bits)
    }
}
