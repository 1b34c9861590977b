package import MailMessage

/// What is due in one account: entered the trash, or Junk, or a mailbox at or before a moment.
package struct PurgeCutoff: Sendable, Equatable {
    package struct Named: Sendable, Equatable {
        package let mailbox: MailboxName
        package let moment: EpochSeconds

        package init(mailbox: MailboxName, moment: EpochSeconds) {
            self.mailbox = mailbox
            self.moment = moment
        }
    }
    package var trash: EpochSeconds?
    package var junk: EpochSeconds?
    /// The mailbox and those below it; the moment a message came into its mailbox counts.
    package var named: [Named] = []
    package var sparesFlagged = false
    /// What entered trash or Junk earlier did so by a wrong clock, and is not due.
    package var notBefore: EpochSeconds = 0

    package init() {}
    package var isEmpty: Bool { trash == nil && junk == nil && named.isEmpty }
}

package struct DueMessage: Sendable, Equatable {
    package let mailbox: MailboxID
    package let uid: UID
    package let id: MessageID
    package let size: Int64
    package let since: EpochSeconds
}

extension AccountReader {
    /// The oldest first, each once, at most `limit`.
    package func due(_ cutoff: PurgeCutoff, limit: Int = .max) throws -> [DueMessage] {
        var found: [DueMessage] = []
        var seen: Set<MessageID> = []
        func take(_ row: borrowing Row) throws {
            try checkTime()
            let id = MessageID(row.int64(2))
            guard seen.insert(id).inserted else { return }
            found.append(
                DueMessage(
                    mailbox: MailboxID(row.int64(0)), uid: try row.uid(1, of: database), id: id, size: row.int64(3),
                    since: row.int64(4)))
        }
        let spared = cutoff.sparesFlagged ? FlagBits.flagged : []
        if let moment = cutoff.trash { try dueTrash(moment, cutoff.notBefore, spared, limit, take) }
        if let moment = cutoff.junk, found.count < limit {
            try dueJunk(moment, cutoff.notBefore, spared, limit - found.count, take)
        }
        for named in cutoff.named where found.count < limit {
            guard let root = try mailboxID(named.mailbox) else { continue }
            for mailbox in try mailboxTree().subtree(of: root) where found.count < limit {
                try due(in: mailbox, named.moment, spared, limit - found.count, take)
            }
        }
        return found
    }

    private func dueTrash(
        _ moment: EpochSeconds, _ notBefore: EpochSeconds, _ spared: FlagBits, _ limit: Int,
        _ take: (borrowing Row) throws -> Void
    ) throws {
        try database(
            """
            SELECT mailbox_id, uid, message_id, size, trashed_at FROM mailbox_message
            WHERE account_id=$1 AND trashed_at>0 AND trashed_at<=$2 AND (trashed_at>=$3 OR trashed_at=1) AND flags & $4 = 0
            ORDER BY trashed_at LIMIT $5
            """
        ).each(account, moment, notBefore, spared, limit, do: take)
    }

    private func dueJunk(
        _ moment: EpochSeconds, _ notBefore: EpochSeconds, _ spared: FlagBits, _ limit: Int,
        _ take: (borrowing Row) throws -> Void
    ) throws {
        try database(
            """
            SELECT mailbox_id, uid, message_id, size, junked_at FROM mailbox_message
            WHERE account_id=$1 AND junked_at>0 AND junked_at<=$2 AND (junked_at>=$3 OR junked_at=1) AND flags & $4 = 0
            ORDER BY junked_at LIMIT $5
            """
        ).each(account, moment, notBefore, spared, limit, do: take)
    }

    private func due(
        in mailbox: MailboxID, _ moment: EpochSeconds, _ spared: FlagBits, _ limit: Int,
        _ take: (borrowing Row) throws -> Void
    ) throws {
        try database(
            """
            SELECT mailbox_id, uid, message_id, size, saved_at FROM mailbox_message
            WHERE account_id=$1 AND mailbox_id=$2 AND saved_at<=$3 AND flags & $4 = 0 ORDER BY uid LIMIT $5
            """
        ).each(account, mailbox, moment, spared, limit, do: take)
    }

    /// How much has been kept long enough to be given up.
    package func reclaimable() throws -> (messages: Int, bytes: Int64) {
        try database(
            "SELECT count(*), coalesce(sum(size), 0) FROM message_gc WHERE account_id=$1 AND keep_until>0 AND keep_until<=$2"
        ).first(account, now) { ($0.int(0), $0.int64(1)) } ?? (0, 0)
    }

    /// The first of them.
    package func reclaimable(limit: Int) throws -> [(id: MessageID, size: Int64)] {
        var due: [(id: MessageID, size: Int64)] = []
        try database(
            """
            SELECT message_id, size FROM message_gc WHERE account_id=$1 AND keep_until>0 AND keep_until<=$2
            ORDER BY keep_until, message_id LIMIT $3
            """
        ).each(account, now, limit) { due.append((MessageID($0.int64(0)), $0.int64(1))) }
        return due
    }
}

extension AccountTransaction {
    /// What entered trash or Junk before its account was made: its time begins now. Clients see nothing of it. (1 stands for what
    /// lay in Junk before there was a clock for it.)
    package func beginAnew(before moment: EpochSeconds) throws {
        // "> 0" is what the indexes say of themselves.
        let trashed = try database(
            """
            UPDATE mailbox_message SET trashed_at=$1
            WHERE account_id=$2 AND trashed_at>0 AND trashed_at>1 AND trashed_at<$3
            """
        ).run(now, account, moment)
        let junked = try database(
            """
            UPDATE mailbox_message SET junked_at=$1
            WHERE account_id=$2 AND junked_at>0 AND junked_at>1 AND junked_at<$3
            """
        ).run(now, account, moment)
        if trashed + junked > 0 { touchedRestorable = true }
    }

    /// Removes what was found due, restorable for a while.
    package func purge(_ due: some Sequence<DueMessage>) throws {
        for (mailbox, messages) in Dictionary(grouping: due, by: \.mailbox) {
            _ = try remove(in: mailbox, UIDSet(messages.map(\.uid)), as: .purged)
        }
    }
}
