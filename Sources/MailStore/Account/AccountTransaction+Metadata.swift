package import MailMessage

extension AccountTransaction {
    /// RFC 5464 §4.3: one value, and all of an account's together.
    package static let metadataValueLimit = 64 << 10
    package static let metadataEntryLimit = 10_000
    package static let metadataByteLimit: Int64 = 16 << 20

    /// Nil removes it. A removed entry leaves its name, so that other sessions hear of it.
    package func setMetadata(
        _ entry: MetadataEntry, _ value: [UInt8]?, of mailbox: MailboxID?, for reader: AccountID
    ) throws {
        let owner = entry.isPrivate ? reader : AccountID(0)
        let modseq = try open()
        guard let value else {
            try database(
                """
                UPDATE metadata SET is_set=0, value=$1, modseq=$2
                WHERE account_id=$3 AND mailbox_id=$4 AND reader_id=$5 AND name=$6 AND is_set=1
                """
            ).run([UInt8](), modseq, account, mailbox ?? .none, owner, entry.name)
            return
        }
        try database(
            """
            INSERT INTO metadata (account_id, mailbox_id, reader_id, name, modseq, is_set, value)
            VALUES ($1, $2, $3, $4, $5, 1, $6)
            ON CONFLICT (account_id, mailbox_id, reader_id, name) DO UPDATE SET modseq=$5, is_set=1, value=$6
            """
        ).run(account, mailbox ?? .none, owner, entry.name, modseq, value)
        try checkMetadata()
    }

    func removeMetadata(of mailbox: MailboxID) throws {
        try database("DELETE FROM metadata WHERE account_id=$1 AND mailbox_id=$2").run(account, mailbox)
    }

    func checkMetadata() throws {
        guard try hasTooMuchMetadata() else { return }
        // Names that hold nothing any more go first: nobody misses more than a notice.
        try database("DELETE FROM metadata WHERE account_id=$1 AND is_set=0").run(account)
        guard try !hasTooMuchMetadata() else { throw StoreError.tooMuchMetadata }
    }

    private func hasTooMuchMetadata() throws -> Bool {
        try database("SELECT count(*), coalesce(sum(length(value)), 0) FROM metadata WHERE account_id=$1")
            .first(account) { $0.int(0) > Self.metadataEntryLimit || $0.int64(1) > Self.metadataByteLimit } ?? false
    }
}
