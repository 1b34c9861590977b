package import MailMessage

extension Account {
    /// SELECT takes what no session has been shown yet; nil when that is nothing. To be asked when `firstRecent` found
    /// something: EXAMINE and STATUS only look.
    ///
    /// Neither a change clients see nor worth a sync: a power cut may show messages as recent twice (RFC 3501 §2.3.2).
    package func claimRecent(in mailbox: MailboxID) async throws(StoreError) -> UID? {
        try await write(isRelaxed: true) { transaction in
            guard let first = try transaction.firstRecent(in: mailbox) else { return nil }
            try transaction.database("UPDATE mailbox SET recent_uid=uidnext WHERE account_id=$1 AND id=$2")
                .run(transaction.account, mailbox)
            return first
        }
    }
}

extension AccountReader {
    /// The first message no session has claimed; it and all after it are \Recent for who claims them.
    package func firstRecent(in mailbox: MailboxID) throws -> UID? {
        try database(
            """
            SELECT uid FROM mailbox_message WHERE account_id=$1 AND mailbox_id=$2
              AND uid>=(SELECT recent_uid FROM mailbox WHERE account_id=$1 AND id=$2) ORDER BY uid LIMIT 1
            """
        ).first(account, mailbox) { try $0.uid(0, of: database) }
    }

    /// STATUS (RECENT).
    package func recentCount(in mailbox: MailboxID) throws -> Int {
        let count = try database(
            """
            SELECT count(*) FROM mailbox_message WHERE account_id=$1 AND mailbox_id=$2
              AND uid>=(SELECT recent_uid FROM mailbox WHERE account_id=$1 AND id=$2)
            """
        ).number(account, mailbox)
        return Int(count ?? 0)
    }
}
