package import MailMessage

extension AccountTransaction {
    /// COPY: new messages that share the bytes of the old ones and count against the limit. Flags that are not among
    /// `flags` stay behind.
    package func copy(
        _ set: UIDSet, from source: MailboxID, to destination: MailboxID, keeping flags: FlagBits = .all
    ) throws -> Transferred {
        let zone = try zone(of: destination)
        let rows = try rows(of: set, in: source)
        guard !rows.isEmpty else { return try nothingTransferred(to: destination) }
        let ids = Int64(rows.count)
        let bytes = rows.reduce(0) { $0 + $1.size }
        let charged = try charge(Charge(bytes: bytes, messages: ids, ids: ids, limit: limit(in: zone)))
        for (offset, row) in rows.enumerated() {
            try copyMessage(row.messageID, to: MessageID(charged.firstID + Int64(offset)), charged.modseq)
        }
        return try insert(rows, flags, in: destination) { offset, row, uid in
            row.moved(
                to: uid, messageID: MessageID(charged.firstID + Int64(offset)), flags, charged.modseq, at: now, zone,
                isNew: true)
        }
    }

    /// MOVE: the same messages under new UIDs. Costs nothing, so a full account can tidy up.
    package func move(
        _ set: UIDSet, from source: MailboxID, to destination: MailboxID, keeping flags: FlagBits = .all
    ) throws -> Transferred {
        let zone = try zone(of: destination)
        let rows = try rows(of: set, in: source)
        guard !rows.isEmpty else { return try nothingTransferred(to: destination) }
        let modseq = try open()
        try deleteRows(rows, in: source, modseq)
        return try insert(rows, flags, in: destination) { _, row, uid in
            row.moved(to: uid, messageID: row.messageID, flags, modseq, at: now, zone, isNew: false)
        }
    }

    func rows(of set: UIDSet, in mailbox: MailboxID) throws -> [MessageRow] {
        var found: [MessageRow] = []
        try rows(in: mailbox, set) { found.append($0) }
        return found
    }

    /// Takes rows out of their mailbox and remembers their UIDs as vanished.
    func deleteRows(_ rows: [MessageRow], in mailbox: MailboxID, _ modseq: ModSeq) throws {
        var change = CounterChange()
        for row in rows { change.add(row.flags, size: row.size) }
        try count(change.negated, in: mailbox)
        for range in UIDSet(rows.lazy.map(\.uid)).ranges {
            try checkTime()
            try database(
                "DELETE FROM mailbox_message WHERE account_id=$1 AND mailbox_id=$2 AND uid BETWEEN $3 AND $4"
            ).run(account, mailbox, range.lowerBound, range.upperBound)
            try database(
                "INSERT INTO vanished (account_id, mailbox_id, modseq, uid_lo, uid_hi) VALUES ($1, $2, $3, $4, $5)"
            ).run(account, mailbox, modseq, range.lowerBound, range.upperBound)
        }
        try unmarkUnseen(UIDSet(rows.lazy.filter { !$0.flags.contains(.seen) }.map(\.uid)), in: mailbox)
    }

    private func insert(
        _ rows: [MessageRow], _ flags: FlagBits, in mailbox: MailboxID, _ make: (Int, MessageRow, UID) -> MessageRow
    ) throws -> Transferred {
        var change = CounterChange()
        for row in rows { change.add(row.flags.intersection(flags), size: row.size) }
        let place = try count(change, in: mailbox, uids: rows.count)
        var pairs: [Transferred.Pair] = []
        var made: [MessageRow] = []
        pairs.reserveCapacity(rows.count)
        made.reserveCapacity(rows.count)
        for (offset, row) in rows.enumerated() {
            guard let uid = UID(exactly: Int64(place.firstUID.value) + Int64(offset)) else {
                throw StoreError.notPermitted("the mailbox has used all UIDs")
            }
            made.append(make(offset, row, uid))
            pairs.append(.init(source: row.uid, destination: uid))
        }
        try insertRows(made, in: mailbox)
        return Transferred(pairs: pairs, uidValidity: place.uidValidity, modseq: opened)
    }

    private func nothingTransferred(to mailbox: MailboxID) throws -> Transferred {
        let validity = try lineage(of: mailbox).nodes[mailbox]?.uidValidity ?? 0
        return Transferred(pairs: [], uidValidity: validity, modseq: opened)
    }

    private func copyMessage(_ old: MessageID, to new: MessageID, _ modseq: ModSeq) throws {
        try checkTime()
        let copied = try database(
            """
            INSERT INTO message (account_id, id, blob_id, thread_id, created_modseq, sent_at, has_attachment,
              envelope, bodystructure, reference_digests)
            SELECT account_id, $1, blob_id, thread_id, $2, sent_at, has_attachment, envelope, bodystructure,
              reference_digests
            FROM message WHERE account_id=$3 AND id=$4
            """
        ).run(new, modseq, account, old)
        let counted = try database(
            """
            UPDATE blob SET refs=refs+1
            WHERE account_id=$1 AND id=(SELECT blob_id FROM message WHERE account_id=$1 AND id=$2)
            """
        ).run(account, new)
        guard copied == 1, counted == 1 else {
            throw StoreError.damaged(file: database.path, detail: "message \(old) has no facts or no body")
        }
    }
}

extension MessageRow {
    /// The row in its new mailbox. SAVEDATE is the moment of the COPY or MOVE (RFC 8514 §2); clocks of Trash and Junk go on
    /// in what is moved within.
    fileprivate func moved(
        to uid: UID, messageID: MessageID, _ kept: FlagBits, _ modseq: ModSeq, at now: EpochSeconds,
        _ zone: MailboxZone, isNew: Bool
    ) -> MessageRow {
        MessageRow(
            uid: uid, messageID: messageID, flags: flags.intersection(kept), modseq: modseq, size: size,
            receivedAt: receivedAt, savedAt: now, trashedAt: zone.isTrash ? (isNew ? nil : trashedAt) ?? now : nil,
            junkedAt: zone.isJunk ? (isNew ? nil : junkedAt) ?? now : nil)
    }
}
