package import MailMessage

extension AccountTransaction {
    /// EXPUNGE: removes what is marked \Deleted, all of it or only in `set`. Returns what went.
    package func expunge(in mailbox: MailboxID, _ set: UIDSet? = nil) throws -> UIDSet {
        try removeRows(in: mailbox, set ?? UIDSet(.first ... .last), as: .expunged) { $0.flags.contains(.deleted) }
    }

    /// Removes messages whatever their flags. How it comes about decides whether they can be restored.
    package func remove(
        in mailbox: MailboxID, _ set: UIDSet, as departure: Departure = .superseded
    ) throws -> UIDSet {
        try removeRows(in: mailbox, set, as: departure) { _ in true }
    }

    private func removeRows(
        in mailbox: MailboxID, _ set: UIDSet, as departure: Departure, where isMeant: (MessageRow) -> Bool
    ) throws -> UIDSet {
        var rows: [MessageRow] = []
        try self.rows(in: mailbox, set) { if isMeant($0) { rows.append($0) } }
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
