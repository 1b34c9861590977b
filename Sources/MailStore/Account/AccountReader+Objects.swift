package import MailMessage

/// The bytes of a message, whatever mailboxes they are in: what EMAILID names (RFC 8474 §5.1).
package struct ContentID: Hashable, Sendable {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
}

package struct ThreadID: Hashable, Sendable {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
}

extension AccountReader {
    /// Of each message of `set`, by ascending UID.
    package func objects(
        in mailbox: MailboxID, _ set: UIDSet, _ body: (UID, ContentID, ThreadID) throws -> Void
    ) throws {
        for range in set.stretches(over: Self.rowGap) {
            try database(
                """
                SELECT mm.uid, m.blob_id, m.thread_id FROM mailbox_message mm
                JOIN message m ON m.account_id=mm.account_id AND m.id=mm.message_id
                WHERE mm.account_id=$1 AND mm.mailbox_id=$2 AND mm.uid BETWEEN $3 AND $4 ORDER BY mm.uid
                """
            ).each(account, mailbox, range.lowerBound, range.upperBound) { row in
                try body(try row.uid(0, of: database), ContentID(row.int64(1)), ThreadID(row.int64(2)))
            }
        }
    }

    package func messages(of content: ContentID) throws -> Set<MessageID> {
        var found: Set<MessageID> = []
        try database("SELECT id FROM message WHERE account_id=$1 AND blob_id=$2")
            .each(account, content.value) { found.insert(MessageID($0.int64(0))) }
        return found
    }

    package func messages(of thread: ThreadID) throws -> Set<MessageID> {
        var found: Set<MessageID> = []
        try database("SELECT id FROM message WHERE account_id=$1 AND thread_id=$2")
            .each(account, thread.value) { found.insert(MessageID($0.int64(0))) }
        return found
    }
}
