internal import MailMessage

extension Salvage {
    /// Deleted mailboxes that something can come back to. A database of before has fewer of their properties, or none.
    func copyFormer(_ source: DamagedAccount) {
        do {
            try source.beginning("SELECT id, name, role, keeps_grants FROM former_mailbox WHERE account_id=$1") {
                try insertFormer($0, keepsGrants: $0.int64(3))
            }
        } catch {
            try? source.beginning("SELECT id, name, role FROM former_mailbox WHERE account_id=$1") {
                try insertFormer($0, keepsGrants: 0)
            }
        }
        copyFormerGrants(source)
        copyFormerMetadata(source)
    }

    private func insertFormer(_ row: borrowing Row, keepsGrants: Int64) throws {
        guard let name = MailboxName(row.text(1)) else { return }
        try target(
            """
            INSERT INTO former_mailbox (account_id, id, name, role, keeps_grants) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING
            """
        ).run(account, row.int64(0), name.text, MailboxRole(rawValue: row.text(2))?.rawValue ?? "", keepsGrants)
    }

    /// All or nothing, as for mailboxes that are there.
    private func copyFormerGrants(_ source: DamagedAccount) {
        try? source.beginning(
            """
            SELECT mailbox_id, kind, grantee_id, is_negative, rights FROM former_grant WHERE account_id=$1
            ORDER BY is_negative DESC
            """
        ) { row in
            try target(
                """
                INSERT INTO former_grant (account_id, mailbox_id, kind, grantee_id, is_negative, rights)
                VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
                """
            ).run(account, row.int64(0), row.int64(1), row.int64(2), row.int64(3), row.int64(4))
        }
    }

    private func copyFormerMetadata(_ source: DamagedAccount) {
        try? source.beginning(
            "SELECT mailbox_id, reader_id, name, value FROM former_metadata WHERE account_id=$1"
        ) { row in
            guard let entry = MetadataEntry(row.text(2)) else { return }
            try target(
                """
                INSERT INTO former_metadata (account_id, mailbox_id, reader_id, name, value)
                VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
                """
            ).run(account, row.int64(0), row.int64(1), entry.name, row.bytes(3))
        }
    }
}
