internal import MailMessage

/// The trash clock: runs while a message is in a mailbox of role Trash or below one.
///
/// APPEND and COPY start it, MOVE into the trash starts it (within the trash it keeps running), MOVE out clears it; here
/// is what happens when a mailbox itself, and all below it, gets into the trash or out of it.
extension AccountTransaction {
    /// After RENAME or a change of role: a message that is in the trash and has no clock gets one, one outside loses it.
    func adjustTrashClock(of id: MailboxID) throws {
        for mailbox in try mailboxTree().subtree(of: id) {
            if try zone(of: mailbox).isTrash {
                try startTrashClock(of: mailbox)
            } else {
                try clearTrashClock(of: mailbox)
            }
        }
    }

    private func startTrashClock(of mailbox: MailboxID) throws {
        let started = try database(
            "UPDATE mailbox_message SET trashed_at=$1 WHERE account_id=$2 AND mailbox_id=$3 AND trashed_at=0"
        ).run(max(now, 1), account, mailbox)
        if started > 0 { touchedTrash = true }
    }

    private func clearTrashClock(of mailbox: MailboxID) throws {
        let cleared = try database(
            "UPDATE mailbox_message SET trashed_at=0 WHERE account_id=$1 AND mailbox_id=$2 AND trashed_at>0"
        ).run(account, mailbox)
        if cleared > 0 { touchedTrash = true }
    }
}
