package import MailMessage

/// One copy of a message in somebody's mailbox.
package struct MessageCopy: Sendable, Equatable {
    package let id: MessageID
    package let mailbox: MailboxID
    package let uid: UID
    package let size: Int64
    package let receivedAt: EpochSeconds
    package let isSeen: Bool
}

extension AccountReader {
    /// Every copy of the message with this Message-ID, with or without its angle brackets, in whatever mailbox,
    /// the sender's own among them.
    package func copies(of messageID: String) throws -> [MessageCopy] {
        let header = Array(TrailReader.headerForm(messageID).utf8)
        let key = header.dropFirst().dropLast().filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        let thread = try database("SELECT thread_id FROM thread_key WHERE account_id=$1 AND key_hash=$2")
            .number(account, Int64(bitPattern: ContentDigest.of(Array(key))))
        return try thread.map { try copies(inThread: $0, header) } ?? []
    }

    private func copies(inThread thread: Int64, _ header: [UInt8]) throws -> [MessageCopy] {
        var found: [MessageCopy] = []
        try database(
            """
            SELECT mm.message_id, mm.mailbox_id, mm.uid, mm.size, mm.received_at, mm.flags, m.envelope FROM message m
            JOIN mailbox_message mm ON mm.account_id=m.account_id AND mm.message_id=m.id
            WHERE m.account_id=$1 AND m.thread_id=$2 ORDER BY mm.mailbox_id, mm.uid
            """
        ).each(account, thread) { row in
            try checkTime()
            guard row.withBytes(6, { EnvelopeText($0).string(.messageID) }) == header else { return }
            found.append(
                MessageCopy(
                    id: MessageID(row.int64(0)), mailbox: MailboxID(row.int64(1)), uid: try row.uid(2, of: database),
                    size: row.int64(3), receivedAt: row.int64(4),
                    isSeen: FlagBits(rawValue: row.int64(5)).contains(.seen)))
        }
        return found
    }
}

extension AccountTransaction {
    /// Takes copies out of their mailboxes, restorable as what the purge takes. One that has moved meanwhile is found where it is.
    package func withdraw(_ messageID: String, only known: Set<MessageID>) throws -> [MessageCopy] {
        let copies = try copies(of: messageID).filter { known.contains($0.id) }
        for (mailbox, copies) in Dictionary(grouping: copies, by: \.mailbox).sorted(by: { $0.key < $1.key }) {
            _ = try remove(in: mailbox, UIDSet(copies.map(\.uid)), as: .purged)
        }
        return copies
    }
}
