package import MailMessage

/// One annotation as it is stored (RFC 5464).
package struct MetadataValue: Sendable, Equatable {
    package let entry: MetadataEntry
    package let value: [UInt8]

    package init(entry: MetadataEntry, value: [UInt8]) {
        self.entry = entry
        self.value = value
    }
}

/// Somebody set or removed it; nil for an entry of the server.
package struct MetadataChange: Sendable, Equatable {
    package let mailbox: MailboxID?
    package let entry: MetadataEntry
}

extension AccountReader {
    /// All that `reader` may see of one mailbox, or of the server: what is shared, and what is his own.
    package func metadata(of mailbox: MailboxID?, for reader: AccountID) throws -> [MetadataValue] {
        var found: [MetadataValue] = []
        try database(
            """
            SELECT name, value FROM metadata WHERE account_id=$1 AND mailbox_id=$2 AND reader_id IN (0, $3) AND is_set=1
            ORDER BY name
            """
        ).each(account, mailbox ?? .none, reader) { row in
            guard let entry = MetadataEntry(row.text(0)) else { return }
            found.append(MetadataValue(entry: entry, value: row.bytes(1)))
        }
        return found
    }

    /// What changed after `clock`, removals included.
    package func changedMetadata(since clock: ModSeq, for reader: AccountID) throws -> [MetadataChange] {
        var found: [MetadataChange] = []
        try database(
            """
            SELECT mailbox_id, name FROM metadata WHERE account_id=$1 AND modseq>$2 AND reader_id IN (0, $3)
            ORDER BY mailbox_id, name
            """
        ).each(account, clock, reader) { row in
            guard let entry = MetadataEntry(row.text(1)) else { return }
            let mailbox = MailboxID(row.int64(0))
            found.append(MetadataChange(mailbox: mailbox == .none ? nil : mailbox, entry: entry))
        }
        return found
    }
}
