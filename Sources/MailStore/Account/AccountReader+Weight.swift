internal import MailMessage

/// What fills an account, and what would make room.
package struct AccountWeight: Sendable, Equatable {
    package var trashBytes: Int64 = 0
    package var junkBytes: Int64 = 0
    /// The largest messages with attachments outside the trash, and their sizes together.
    package var largeMessages = 0
    package var largeBytes: Int64 = 0

    package init() {}

    /// From here on a message with an attachment is worth naming.
    package static let leastLargeBytes: Int64 = 1_000_000
    package static let largeMessagesNamed = 10
}

extension AccountReader {
    package func weight() throws -> AccountWeight {
        var weight = AccountWeight()
        for mailbox in try mailboxes() {
            let zone = try zone(of: mailbox.id)
            if zone.isTrash {
                weight.trashBytes += mailbox.bytes
            } else if zone.isJunk {
                weight.junkBytes += mailbox.bytes
            }
        }
        try database(
            """
            SELECT mm.size FROM mailbox_message mm JOIN message m ON m.account_id=mm.account_id AND m.id=mm.message_id
            WHERE mm.account_id=$1 AND mm.trashed_at=0 AND mm.size>=$2 AND m.has_attachment=1
            ORDER BY mm.size DESC LIMIT $3
            """
        ).each(account, AccountWeight.leastLargeBytes, AccountWeight.largeMessagesNamed) { row in
            weight.largeMessages += 1
            weight.largeBytes += row.int64(0)
        }
        return weight
    }
}
