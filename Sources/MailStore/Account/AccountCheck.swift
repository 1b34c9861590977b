internal import MailMessage

/// Compares the counters with what they count, and rows with the bodies they name.
struct AccountCheck {
    static let reportLimit = 100
    let reader: AccountReader

    init(_ reader: AccountReader) { self.reader = reader }

    func run() throws -> [String] {
        let problems = try integrity()
        guard problems.isEmpty else { return problems }
        return try (usage() + restorable() + mailboxCounters() + bodies()).prefix(Self.reportLimit).map { $0 }
    }

    private func integrity() throws -> [String] {
        var problems: [String] = []
        try reader.database("PRAGMA integrity_check").each { problems.append($0.text(0)) }
        return problems == ["ok"] ? [] : problems
    }

    private func usage() throws -> [String] {
        let known = try reader.usage()
        let counted = try reader.database(
            "SELECT coalesce(sum(size), 0), count(*) FROM mailbox_message WHERE account_id=$1"
        ).first(reader.account) { AccountUsage(bytes: $0.int64(0), messages: $0.int64(1)) }
        return counted == known ? [] : ["usage is \(known), the messages are \(String(describing: counted))"]
    }

    private func restorable() throws -> [String] {
        let known = try reader.database("SELECT restorable_bytes FROM account_state WHERE account_id=$1")
            .number(reader.account)
        let counted = try reader.database(
            "SELECT coalesce(sum(size), 0) FROM message_gc WHERE account_id=$1 AND keep_until>0 AND reason<>$2"
        ).number(reader.account, Departure.purged.rawValue)
        return counted == known ? [] : ["restorable bytes are \(known ?? 0), the messages have \(counted ?? 0)"]
    }

    private func mailboxCounters() throws -> [String] {
        var problems: [String] = []
        let floor = try reader.changeFloor
        for mailbox in try reader.mailboxes() {
            var count = MailboxTally()
            var highest = ModSeq.zero
            var unlogged = 0
            let logged = try reader.mayHaveChanged(in: mailbox.id, since: floor)
            try reader.rows(in: mailbox.id, UIDSet(.first ... .last)) { row in
                count.add(row)
                highest = max(highest, row.modseq)
                if row.modseq > floor, !logged.contains(row.uid) { unlogged += 1 }
                if row.uid >= mailbox.uidNext, mailbox.uidNext < .last {
                    problems.append("\(mailbox.name): UID \(row.uid)")
                }
            }
            let known = [Int64(mailbox.total), Int64(mailbox.unseen), Int64(mailbox.deleted), mailbox.bytes]
            let counters = count.counters
            let counted = [counters.total, counters.unseen, counters.deleted, counters.bytes]
            if known != counted { problems.append("\(mailbox.name): counters \(known), messages \(counted)") }
            if unlogged > 0 { problems.append("\(mailbox.name): \(unlogged) changes are not in the log") }
            if try reader.hasWrongMarks(mailbox.id, unseen: count.unseen) {
                problems.append("\(mailbox.name): marks of the unread")
            }
            if highest > mailbox.highestModSeq { problems.append("\(mailbox.name): modseq beyond the highest") }
        }
        return problems
    }

    private func bodies() throws -> [String] {
        var problems: [String] = []
        try reader.database(
            """
            SELECT mm.message_id, b.size, b.file_name, length(d.data) FROM (
              SELECT account_id, message_id FROM mailbox_message WHERE account_id=$1 UNION ALL
              SELECT account_id, message_id FROM message_gc WHERE account_id=$1 AND keep_until>0) mm
            LEFT JOIN message m ON m.account_id=mm.account_id AND m.id=mm.message_id
            LEFT JOIN blob b ON b.account_id=m.account_id AND b.id=m.blob_id
            LEFT JOIN blob_data d ON d.account_id=b.account_id AND d.id=b.id
            """
        ).each(reader.account) { row in
            let name = row.text(2)
            let found =
                name.isEmpty
                ? row.isNull(3) ? nil : row.int64(3) : StoreFolder.size(of: try reader.files.path(of: name))
            if row.isNull(1) || found != row.int64(1) { problems.append("message \(row.int64(0)) has no whole body") }
        }
        return problems
    }
}
