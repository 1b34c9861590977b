internal import MailMessage

extension AccountTransaction {
    /// New messages, or such that lost \Seen.
    func markUnseen(_ set: UIDSet, in mailbox: MailboxID) throws {
        for word in UnseenWord.words(of: set) {
            try checkTime()
            try database(
                """
                INSERT INTO unseen_mark (account_id, mailbox_id, word, bits) VALUES ($1, $2, $3, $4)
                ON CONFLICT (account_id, mailbox_id, word) DO UPDATE SET bits=unseen_mark.bits | excluded.bits
                """
            ).run(account, mailbox, Int64(word.index), Int64(word.bits))
        }
    }

    /// Messages that got \Seen, or went away.
    func unmarkUnseen(_ set: UIDSet, in mailbox: MailboxID) throws {
        let words = UnseenWord.words(of: set)
        guard let first = words.first, let last = words.last else { return }
        for word in words {
            try checkTime()
            try database("UPDATE unseen_mark SET bits=bits & $1 WHERE account_id=$2 AND mailbox_id=$3 AND word=$4")
                .run(Int64(~word.bits), account, mailbox, Int64(word.index))
        }
        try database(
            "DELETE FROM unseen_mark WHERE account_id=$1 AND mailbox_id=$2 AND word BETWEEN $3 AND $4 AND bits=0"
        ).run(account, mailbox, Int64(first.index), Int64(last.index))
    }

    /// From the rows, before this write changes them.
    func renewMarks(of mailbox: MailboxID) throws {
        try removeMarks(of: mailbox)
        try markUnseen(try unseenRows(in: mailbox), in: mailbox)
        try database("UPDATE mailbox SET marked_modseq=highestmodseq WHERE account_id=$1 AND id=$2")
            .run(account, mailbox)
    }

    func removeMarks(of mailbox: MailboxID) throws {
        try database("DELETE FROM unseen_mark WHERE account_id=$1 AND mailbox_id=$2").run(account, mailbox)
    }
}
