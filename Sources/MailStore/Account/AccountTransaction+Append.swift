package import MailMessage

extension AccountTransaction {
    /// Stores a message. Over the limit nothing is stored; see `QuotaLimit.withOverdraft` for Trash, Sent and Drafts.
    package func append(
        _ message: StorableMessage, to mailbox: MailboxID, flags: [Flag] = [], receivedAt: EpochSeconds
    ) throws -> Appended {
        let new = NewMessage(message, flags: flags, receivedAt: receivedAt)
        guard let appended = try append([new], to: mailbox).first else { throw StoreError.closed }
        return appended
    }

    /// Several at once, in their order: counted and charged as one.
    package func append(_ messages: [NewMessage], to mailbox: MailboxID) throws -> [Appended] {
        guard !messages.isEmpty else { return [] }
        let zone = try zone(of: mailbox)
        let bits = try messages.map { try self.bits(of: $0.flags) }
        let bytes = messages.reduce(0) { $0 + $1.message.size }
        let charged = try charge(
            Charge(
                bytes: bytes, messages: Int64(messages.count), ids: 2 * Int64(messages.count), limit: limit(in: zone)))
        var change = CounterChange()
        for (message, bits) in zip(messages, bits) { change.add(bits, size: message.message.size) }
        let place = try count(change, in: mailbox, uids: messages.count)
        var appended: [Appended] = []
        var rows: [MessageRow] = []
        for (index, message) in messages.enumerated() {
            // `count` has made sure that there are as many UIDs.
            guard let uid = UID(exactly: Int64(place.firstUID.value) + Int64(index)) else { throw StoreError.closed }
            let id = charged.firstID + 2 * Int64(index)
            try insertBlob(id + 1, of: message.message)
            try insertMessage(MessageID(id), blob: id + 1, of: message.message, modseq: charged.modseq)
            rows.append(row(of: message, bits[index], uid, MessageID(id), zone, charged.modseq))
            appended.append(
                Appended(
                    uid: uid, uidValidity: place.uidValidity, modseq: charged.modseq, messageID: MessageID(id)))
        }
        try insertRows(rows, in: mailbox)
        return appended
    }

    private func row(
        of new: NewMessage, _ bits: FlagBits, _ uid: UID, _ id: MessageID, _ zone: MailboxZone, _ modseq: ModSeq
    ) -> MessageRow {
        MessageRow(
            uid: uid, messageID: id, flags: bits, modseq: modseq, size: new.message.size, receivedAt: new.receivedAt,
            savedAt: now, trashedAt: zone.isTrash ? now : nil, junkedAt: zone.isJunk ? now : nil)
    }

    func limit(in zone: MailboxZone) -> QuotaLimit { zone.hasOverdraft ? limit.withOverdraft : limit }

    private func insertBlob(_ id: Int64, of message: StorableMessage) throws {
        let digest = Int64(bitPattern: message.digest)
        var fileName = ""
        switch message.body {
        case .file(let path, let size) where size < Int64(MessageBody.fileThreshold):
            let bytes = try FileHandle.openForReading(path).read(at: 0, count: Int(size))
            guard bytes.count == Int(size) else { throw StoreError.inputOutput("\(path): ended too early") }
            try insertData(id, bytes)
        case .file(let path, _): fileName = try files.link(path)
        case .inline(let bytes) where bytes.count >= MessageBody.fileThreshold:
            fileName = try bytes.withUnsafeBytes { try files.store($0) }
        case .inline(let bytes): try insertData(id, bytes)
        }
        if !fileName.isEmpty { effects.afterRollback { [files] in files.remove(fileName) } }
        try database(
            "INSERT INTO blob (account_id, id, size, refs, file_name, digest) VALUES ($1, $2, $3, 1, $4, $5)"
        ).run(account, id, message.size, fileName, digest)
    }

    private func insertData(_ id: Int64, _ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes {
            _ = try database("INSERT INTO blob_data (account_id, id, data) VALUES ($1, $2, $3)")
                .run(account, id, BorrowedBytes(bytes: $0))
        }
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

    /// Messages under UIDs that `count` has given.
    func insertRows(_ rows: [MessageRow], in mailbox: MailboxID) throws {
        for row in rows {
            try checkTime()
            try insertRow(row, in: mailbox)
        }
        try markUnseen(UIDSet(rows.lazy.filter { !$0.flags.contains(.seen) }.map(\.uid)), in: mailbox)
    }

    private func insertRow(_ row: MessageRow, in mailbox: MailboxID) throws {
        try database(
            """
            INSERT INTO mailbox_message (account_id, mailbox_id, uid, message_id, modseq, flags, size, received_at,
              saved_at, trashed_at, junked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """
        ).run(
            account, mailbox, row.uid, row.messageID, row.modseq, row.flags, row.size, row.receivedAt, row.savedAt,
            row.trashedAt ?? 0, row.junkedAt ?? 0)
    }
}
