package import MailMessage

/// Counters beside what they count.
package struct Recount: Sendable, Equatable {
    package let known: AccountUsage
    package let counted: AccountUsage
    /// Mailboxes whose own counters are wrong, or their marks of what is unread.
    package let mailboxes: [MailboxName]

    package var isRight: Bool { known == counted && mailboxes.isEmpty }
}

/// What a mailbox holds, from its rows.
struct MailboxTally {
    private(set) var counters = CounterChange()
    private(set) var unseen = UIDSet()

    mutating func add(_ row: MessageRow) {
        counters.add(row.flags, size: row.size)
        if !row.flags.contains(.seen) { unseen.insert(row.uid) }
    }
}

extension AccountReader {
    package func recount() throws -> Recount {
        let counted = try database("SELECT coalesce(sum(size), 0), count(*) FROM mailbox_message WHERE account_id=$1")
            .first(account) { AccountUsage(bytes: $0.int64(0), messages: $0.int64(1)) }
        let wrong = try mailboxes().filter { mailbox in
            let count = try count(in: mailbox.id)
            return try count.counters != mailbox.counters || hasWrongMarks(mailbox.id, unseen: count.unseen)
        }
        return Recount(
            known: try usage(), counted: counted ?? AccountUsage(bytes: 0, messages: 0), mailboxes: wrong.map(\.name))
    }

    func count(in mailbox: MailboxID) throws -> MailboxTally {
        var count = MailboxTally()
        try rows(in: mailbox, UIDSet(.first ... .last)) { count.add($0) }
        return count
    }
}

extension MailboxInfo {
    var counters: CounterChange {
        CounterChange(total: Int64(total), unseen: Int64(unseen), deleted: Int64(deleted), bytes: bytes)
    }
}

extension AccountTransaction {
    /// Sets the counters to what they count, and the marks of what is unread to the rows. Clients see a new STATUS, nothing
    /// else. Returns what it found.
    package func mendCounters() throws -> Recount {
        let found = try recount()
        guard !found.isRight else { return found }
        _ = try open()
        for mailbox in try mailboxes() where found.mailboxes.contains(mailbox.name) {
            let counted = try count(in: mailbox.id).counters
            try renewMarks(of: mailbox.id)
            if counted != mailbox.counters { try count(counted.adding(mailbox.counters.negated), in: mailbox.id) }
        }
        try charge(
            Charge(
                bytes: found.counted.bytes - found.known.bytes, messages: found.counted.messages - found.known.messages)
        )
        return found
    }
}
