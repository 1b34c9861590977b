package import MailMessage

/// Messages on their way from one account's database into another's.
package struct MessageParcel: Sendable {
    struct Item: Sendable {
        let source: UID
        let message: StorableMessage
        let flags: [Flag]
        let receivedAt: EpochSeconds
    }

    /// Bytes of bodies in memory at a time; large ones are files and are linked.
    package static let bodyLimit = 4 << 20
    package static let countLimit = 500

    let items: [Item]
    /// What is still to be packed.
    package let rest: UIDSet
}

extension AccountReader {
    /// As many messages of `set` as one parcel holds, by ascending UID.
    package func pack(_ set: UIDSet, of mailbox: MailboxID) throws -> MessageParcel {
        let bodies = try bodies(in: mailbox, set, upTo: MessageParcel.bodyLimit).prefix(MessageParcel.countLimit)
        guard let last = bodies.last?.uid else { return MessageParcel(items: [], rest: []) }
        let keywords = try keywords()
        var rest = bodies
        var items: [MessageParcel.Item] = []
        try rows(in: mailbox, UIDSet(bodies.lazy.map(\.uid))) { row in
            guard let (uid, body) = rest.first, uid == row.uid else { return }
            rest.removeFirst()
            items.append(
                .init(
                    source: uid, message: try storable(row.messageID, body), flags: keywords.flags(of: row.flags),
                    receivedAt: row.receivedAt))
        }
        return MessageParcel(items: items, rest: set.after(last))
    }

    private func storable(_ id: MessageID, _ body: MessageBody) throws -> StorableMessage {
        let header = try Self.header(of: body)
        let message = try database(
            """
            SELECT m.envelope, m.bodystructure, m.sent_at, m.has_attachment, b.digest FROM message m
            JOIN blob b ON b.account_id=m.account_id AND b.id=m.blob_id WHERE m.account_id=$1 AND m.id=$2
            """
        ).first(account, id) { row in
            let sentAt = row.int64(2)
            return StorableMessage(
                body: body, envelope: row.bytes(0), bodyStructure: row.bytes(1), sentAt: sentAt == 0 ? nil : sentAt,
                hasAttachment: row.int64(3) != 0, digest: UInt64(bitPattern: row.int64(4)), header: header)
        }
        guard let message else { throw StoreError.damaged(file: database.path, detail: "message \(id) has no facts") }
        return message
    }
}

extension AccountReader {
    /// Of a file no more is read than a header may have.
    fileprivate static func header(of body: MessageBody) throws -> ParsedMessage {
        switch body {
        case .inline(let bytes): return ParsedMessage(bytes)
        case .file(let path, let size):
            let count = Int(min(size, Int64(MessageLimits.headerBytes)))
            return ParsedMessage(try FileHandle.openForReading(path).read(at: 0, count: count))
        }
    }
}

extension AccountTransaction {
    /// Stores what another account packed, with the flags that `rights` allow to set.
    package func unpack(
        _ parcel: MessageParcel, into mailbox: MailboxID, with rights: MailboxRights
    ) throws -> Transferred {
        var pairs: [Transferred.Pair] = []
        for item in parcel.items {
            let stored = try append(
                item.message, to: mailbox, flags: item.flags.filter(rights.mayChange), receivedAt: item.receivedAt)
            pairs.append(.init(source: item.source, destination: stored.uid))
        }
        let validity = try self.mailbox(mailbox)?.uidValidity ?? 0
        return Transferred(pairs: pairs, uidValidity: validity, modseq: opened)
    }
}
