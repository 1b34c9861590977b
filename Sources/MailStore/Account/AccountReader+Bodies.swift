package import MailMessage

extension AccountReader {
    /// Prebuilt ENVELOPE and BODYSTRUCTURE text of each message of `set`, valid inside the closure.
    package func facts(
        in mailbox: MailboxID, _ set: UIDSet,
        _ body: (UID, _ envelope: UnsafeRawBufferPointer, _ bodyStructure: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        for range in set.ranges {
            try database(
                """
                SELECT mm.uid, m.envelope, m.bodystructure FROM mailbox_message mm
                JOIN message m ON m.account_id=mm.account_id AND m.id=mm.message_id
                WHERE mm.account_id=$1 AND mm.mailbox_id=$2 AND mm.uid BETWEEN $3 AND $4 ORDER BY mm.uid
                """
            ).each(account, mailbox, range.lowerBound, range.upperBound) { row in
                let uid = try row.uid(0, of: database)
                try row.withBytes(1) { envelope in try row.withBytes(2) { try body(uid, envelope, $0) } }
            }
        }
    }

    package func body(of mailbox: MailboxID, uid: UID) throws -> MessageBody {
        guard let found = try bodies(in: mailbox, [uid], upTo: 0).first else { throw StoreError.noSuchMessage }
        return found.body
    }

    /// Bodies by ascending UID until `limit` bytes have come together, but at least one. The caller asks for the rest.
    package func bodies(
        in mailbox: MailboxID, _ set: UIDSet, upTo limit: Int
    ) throws -> [(uid: UID, body: MessageBody)] {
        var found: [(uid: UID, body: MessageBody)] = []
        var total: Int64 = 0
        for range in set.ranges {
            try database(
                """
                SELECT mm.uid, b.size, b.file_name, d.data FROM mailbox_message mm
                JOIN message m ON m.account_id=mm.account_id AND m.id=mm.message_id
                JOIN blob b ON b.account_id=m.account_id AND b.id=m.blob_id
                LEFT JOIN blob_data d ON d.account_id=b.account_id AND d.id=b.id
                WHERE mm.account_id=$1 AND mm.mailbox_id=$2 AND mm.uid BETWEEN $3 AND $4 ORDER BY mm.uid
                """
            ).some(account, mailbox, range.lowerBound, range.upperBound) { row in
                let uid = try row.uid(0, of: database)
                let body = try body(size: row.int64(1), row)
                if case .inline = body { total += body.size }
                if !found.isEmpty, total > limit { return false }
                found.append((uid, body))
                return total < limit
            }
            if !found.isEmpty, total >= limit { return found }
        }
        return found
    }

    private func body(size: Int64, _ row: borrowing Row) throws -> MessageBody {
        let fileName = row.text(2)
        guard fileName.isEmpty else { return .file(path: try files.path(of: fileName), size: size) }
        guard !row.isNull(3) else { throw StoreError.damaged(file: database.path, detail: "a message has no body") }
        return .inline(row.bytes(3))
    }
}
