package import MailMessage

/// For clients that were away (RFC 7162).
extension AccountReader {
    /// What has gone since; nil when the store does not remember that far back.
    package func rememberedVanished(in mailbox: MailboxID, since: ModSeq) throws -> UIDSet? {
        let floor = try database("SELECT vanished_floor FROM account_state WHERE account_id=$1").number(account) ?? 0
        return since.value >= floor ? try vanished(in: mailbox, since: since) : nil
    }

    /// The UIDs of what is new or different since; the index alone answers.
    package func changedUIDs(in mailbox: MailboxID, since: ModSeq) throws -> UIDSet {
        var uids: [UID] = []
        try database("SELECT uid FROM mailbox_message WHERE account_id=$1 AND mailbox_id=$2 AND modseq>$3")
            .each(account, mailbox, since) { uids.append(try $0.uid(0, of: database)) }
        return UIDSet(uids)
    }
}
