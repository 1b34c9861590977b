internal import MailMessage

/// The clocks of Trash and Junk: each runs while a message is in a mailbox of that role or below one.
///
/// APPEND and COPY start it, MOVE into the trash starts it (within the trash it keeps running), MOVE out clears it; here
/// is what happens when a mailbox itself, and all below it, gets into the trash or out of it. For Junk it is the same.
extension AccountTransaction {
    /// After RENAME or a change of role: a message that is in the trash and has no clock gets one, one outside loses it.
    func adjustClocks(of id: MailboxID) throws {
        for mailbox in try mailboxTree().subtree(of: id) {
            let zone = try zone(of: mailbox)
            try adjustTrashClock(of: mailbox, isTrash: zone.isTrash)
            try adjustJunkClock(of: mailbox, isJunk: zone.isJunk)
        }
    }

    private func adjustTrashClock(of mailbox: MailboxID, isTrash: Bool) throws {
        if isTrash {
            try database(
                "UPDATE mailbox_message SET trashed_at=$1 WHERE account_id=$2 AND mailbox_id=$3 AND trashed_at=0"
            ).run(max(now, 1), account, mailbox)
        } else {
            try database(
                "UPDATE mailbox_message SET trashed_at=0 WHERE account_id=$1 AND mailbox_id=$2 AND trashed_at>0"
            ).run(account, mailbox)
        }
    }

    private func adjustJunkClock(of mailbox: MailboxID, isJunk: Bool) throws {
        if isJunk {
            try database(
                "UPDATE mailbox_message SET junked_at=$1 WHERE account_id=$2 AND mailbox_id=$3 AND junked_at=0"
            ).run(max(now, 1), account, mailbox)
        } else {
            try database(
                "UPDATE mailbox_message SET junked_at=0 WHERE account_id=$1 AND mailbox_id=$2 AND junked_at>0"
            ).run(account, mailbox)
        }
    }
}
