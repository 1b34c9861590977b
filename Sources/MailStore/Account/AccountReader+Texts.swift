package import MailMessage

/// A message's bytes as a search sees them, lent to one closure.
package struct SearchedText {
    package let uid: UID
    /// Nil when the body is a file of its own.
    package let bytes: UnsafeRawBufferPointer?
    package let structure: UnsafeRawBufferPointer
}

extension AccountReader {
    /// By ascending UID until `body` returns false. Nothing is copied, and one table less is asked than for `bodies`.
    package func texts(in mailbox: MailboxID, _ set: UIDSet, _ body: (SearchedText) throws -> Bool) throws {
        var members = SetWalk(set)
        var goesOn = true
        for range in set.coarseRanges where goesOn {
            try database(
                """
                SELECT mm.uid, m.bodystructure, d.data FROM mailbox_message mm
                JOIN message m ON m.account_id=mm.account_id AND m.id=mm.message_id
                LEFT JOIN blob_data d ON d.account_id=m.account_id AND d.id=m.blob_id
                WHERE mm.account_id=$1 AND mm.mailbox_id=$2 AND mm.uid BETWEEN $3 AND $4 ORDER BY mm.uid
                """
            ).some(account, mailbox, range.lowerBound, range.upperBound) { row in
                let uid = try row.uid(0, of: database)
                guard members.contains(uid) else { return true }
                goesOn = try row.withBytes(1) { structure in
                    try row.withBytes(2) { bytes in
                        try body(SearchedText(uid: uid, bytes: row.isNull(2) ? nil : bytes, structure: structure))
                    }
                }
                return goesOn
            }
        }
    }
}
