package import MailMessage

extension AccountReader {
    /// What is kept of each message of `set`, by ascending UID; nil where nobody has asked yet.
    package func previews(in mailbox: MailboxID, _ set: UIDSet, _ body: (UID, ContentID, String?) throws -> Void) throws
    {
        for range in set.stretches(over: Self.rowGap) {
            try database(
                """
                SELECT mm.uid, m.blob_id, p.words FROM mailbox_message mm
                JOIN message m ON m.account_id=mm.account_id AND m.id=mm.message_id
                LEFT JOIN preview p ON p.account_id=m.account_id AND p.blob_id=m.blob_id
                WHERE mm.account_id=$1 AND mm.mailbox_id=$2 AND mm.uid BETWEEN $3 AND $4 ORDER BY mm.uid
                """
            ).each(account, mailbox, range.lowerBound, range.upperBound) { row in
                try body(try row.uid(0, of: database), ContentID(row.int64(1)), row.isNull(2) ? nil : row.text(2))
            }
        }
    }
}

extension Account {
    /// Not worth a sync: lost, it is made again.
    package func keepPreviews(_ previews: [ContentID: String]) async throws(StoreError) {
        try await write(isRelaxed: true) { transaction in
            for (content, words) in previews {
                try transaction.database(
                    """
                    INSERT INTO preview (account_id, blob_id, words) SELECT account_id, id, $1 FROM blob
                    WHERE account_id=$2 AND id=$3 ON CONFLICT (account_id, blob_id) DO NOTHING
                    """
                ).run(words, transaction.account, content.value)
            }
        }
    }
}
