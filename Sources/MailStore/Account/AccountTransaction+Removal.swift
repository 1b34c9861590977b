package import MailMessage

extension AccountTransaction {
    /// EXPUNGE: removes what is marked \Deleted, all of it or only in `set`. Returns what went.
    package func expunge(in mailbox: MailboxID, _ set: UIDSet? = nil) throws -> UIDSet {
        try expunge(in: mailbox, set, newest: nil).gone
    }

    /// Of what is marked the newest `limit` messages; nil: all of them. Says whether that was everything.
    package func expunge(
        in mailbox: MailboxID, _ set: UIDSet?, newest limit: Int?
    ) throws -> (gone: UIDSet, isAll: Bool) {
        var marked: [MessageRow] = []
        try rows(in: mailbox, set ?? UIDSet(.first ... .last)) { if $0.flags.contains(.deleted) { marked.append($0) } }
        let newest = limit.map { Array(marked.suffix($0)) } ?? marked
        return (try removeRows(newest, in: mailbox, as: .expunged), newest.count == marked.count)
    }

    /// Removes messages whatever their flags. How it comes about decides whether they can be restored.
    package func remove(
        in mailbox: MailboxID, _ set: UIDSet, as departure: Departure = .superseded
    ) throws -> UIDSet {
        var rows: [MessageRow] = []
        try self.rows(in: mailbox, set) { rows.append($0) }
        return try removeRows(rows, in: mailbox, as: departure)
    }

    private func removeRows(_ rows: [MessageRow], in mailbox: MailboxID, as departure: Departure) throws -> UIDSet {
        guard !rows.isEmpty else { return [] }
        try charge(
            Charge(bytes: -rows.reduce(0) { $0 + $1.size }, messages: -Int64(rows.count)))
        let modseq = try open()
        let gone = UIDSet(rows.lazy.map(\.uid))
        try queueDeparture(rows, from: mailbox, as: departure)
        try deleteRows(rows, in: mailbox, modseq)
        return gone
    }
}
