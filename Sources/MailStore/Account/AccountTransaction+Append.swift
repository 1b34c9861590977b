package import MailMessage

extension AccountTransaction {
    /// Stores a message. Over the limit nothing is stored; see `QuotaLimit.withOverdraft` for Trash, Sent and Drafts.
    package func append(
        _ message: StorableMessage, to mailbox: MailboxID, flags: [Flag] = [], receivedAt: EpochSeconds
    ) throws -> Appended {
        let zone = try zone(of: mailbox)
        let bits = try bits(of: flags)
        let charged = try charge(Charge(bytes: message.size, messages: 1, ids: 2, limit: limit(in: zone)))
        var change = CounterChange()
        change.add(bits, size: message.size)
        let place = try count(change, in: mailbox, uids: 1)
        let id = MessageID(charged.firstID)
        try insertBlob(charged.firstID + 1, of: message)
        try insertMessage(id, blob: charged.firstID + 1, of: message, modseq: charged.modseq)
        try insertRow(
            MessageRow(
                uid: place.firstUID, messageID: id, flags: bits, modseq: charged.modseq, size: message.size,
                receivedAt: receivedAt, savedAt: now, trashedAt: zone.isTrash ? now : nil), in: mailbox)
        return Appended(
            uid: place.firstUID, uidValidity: place.uidValidity, modseq: charged.modseq, messageID: id)
    }

    func limit(in zone: MailboxZone) -> QuotaLimit { zone.hasOverdraft ? limit.withOverdraft : limit }

    private func insertBlob(_ id: Int64, of message: StorableMessage) throws {
        let digest = Int64(bitPattern: message.digest)
        var fileName = ""
        switch message.body {
        case .file(let path, _): fileName = try files.link(path)
        case .inline(let bytes) where bytes.count >= MessageBody.fileThreshold:
            fileName = try bytes.withUnsafeBytes { try files.store($0) }
        case .inline(let bytes):
            try bytes.withUnsafeBytes {
                _ = try database("INSERT INTO blob_data (account_id, id, data) VALUES ($1, $2, $3)")
                    .run(account, id, BorrowedBytes(bytes: $0))
            }
        }
        if !fileName.isEmpty { effects.afterRollback { [files] in files.remove(fileName) } }
        try database(
            "INSERT INTO blob (account_id, id, size, refs, file_name, digest) VALUES ($1, $2, $3, 1, $4, $5)"
        ).run(account, id, message.size, fileName, digest)
    }

    func insertMessage(_ id: MessageID, blob: Int64, of message: StorableMessage, modseq: ModSeq) throws {
        try message.envelope.withUnsafeBytes { envelope in
            try message.bodyStructure.withUnsafeBytes { structure in
                _ = try database(
                    """
                    INSERT INTO message (account_id, id, blob_id, thread_id, created_modseq, sent_at, has_attachment,
                      envelope, bodystructure, reference_digests)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                    """
                ).run(
                    account, id, blob, try thread(of: message.threadKeys, orNew: blob), modseq, message.sentAt ?? 0,
                    message.hasAttachment, BorrowedBytes(bytes: envelope), BorrowedBytes(bytes: structure),
                    message.references.bytes)
            }
        }
    }

    func insertRow(_ row: MessageRow, in mailbox: MailboxID) throws {
        if row.trashedAt != nil { touchedTrash = true }
        try database(
            """
            INSERT INTO mailbox_message (account_id, mailbox_id, uid, message_id, modseq, flags, size, received_at,
              saved_at, trashed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """
        ).run(
            account, mailbox, row.uid, row.messageID, row.modseq, row.flags, row.size, row.receivedAt, row.savedAt,
            row.trashedAt ?? 0)
    }
}
