package import MailMessage

/// Counters beside what they count.
package struct Recount: Sendable, Equatable {
    package let known: AccountUsage
    package let counted: AccountUsage
    /// Mailboxes whose own counters are wrong.
    package let mailboxes: [MailboxName]

    package var isRight: Bool { known == counted && mailboxes.isEmpty }
}

extension AccountReader {
    package func recount() throws -> Recount {
        let counted = try database("SELECT coalesce(sum(size), 0), count(*) FROM mailbox_message WHERE account_id=$1")
            .first(account) { AccountUsage(bytes: $0.int64(0), messages: $0.int64(1)) }
        let wrong = try mailboxes().filter { try counters(of: $0.id) != $0.counters || hasWrongMarks($0.id) }.map(
            \.name)
        return Recount(known: try usage(), counted: counted ?? AccountUsage(bytes: 0, messages: 0), mailboxes: wrong)
    }

    func hasWrongMarks(_ mailbox: MailboxID) throws -> Bool {
        guard let marked = try markedUnseen(in: mailbox) else { return false }
        return try marked != unseenRows(in: mailbox)
    }

    func counters(of mailbox: MailboxID) throws -> CounterChange {
        var change = CounterChange()
        try rows(in: mailbox, UIDSet(.first ... .last)) { change.add($0.flags, size: $0.size) }
        return change
    }
}

extension MailboxInfo {
    var counters: CounterChange {
        CounterChange(total: Int64(total), unseen: Int64(unseen), deleted: Int64(deleted), bytes: bytes)
    }
}

extension AccountTransaction {
    /// Sets the counters to what they count. Clients see a new STATUS, nothing else. Returns what it found.
    package func mendCounters() throws -> Recount {
        let found = try recount()
        guard !found.isRight else { return found }
        _ = try open()
        for mailbox in try mailboxes() {
            let counted = try counters(of: mailbox.id)
            if try hasWrongMarks(mailbox.id) { try renewMarks(of: mailbox.id) }
            if counted != mailbox.counters { try count(counted.adding(mailbox.counters.negated), in: mailbox.id) }
        }
        try charge(
            Charge(
                bytes: found.counted.bytes - found.known.bytes, messages: found.counted.messages - found.known.messages)
        )
        return found
    }
}
