internal import MailMessage

/// What of an account can be compared with an index: that it is the index of this account, and of this past of it.
struct IndexAnchor: Sendable, Equatable {
    let blob: Int64
    let digest: Int64
}

extension AccountReader {
    /// The last body that an index up to `through` must know. Nil when there is none.
    ///
    /// An account that came back from an older copy gives numbers again that the index has seen: then one of them is the
    /// last, and it has another digest, or the next number is one the index knows.
    func indexAnchor(through: Int64) throws -> IndexAnchor? {
        try database("SELECT id, digest FROM blob WHERE account_id=$1 AND id<=$2 ORDER BY id DESC LIMIT 1")
            .first(account, through) { IndexAnchor(blob: $0.int64(0), digest: $0.int64(1)) }
    }

    func isBehind(through: Int64) throws -> Bool {
        try database("SELECT next_id FROM account_state WHERE account_id=$1").number(account) ?? 0 <= through
    }

    /// The messages of a mailbox that have one of these bodies, and those behind `through`.
    func uids(in mailbox: MailboxID, of answer: IndexAnswer) throws -> UIDSet {
        var found: [UID] = []
        let one = try database(
            """
            SELECT mm.uid FROM message m
            JOIN mailbox_message mm ON mm.account_id=m.account_id AND mm.message_id=m.id
            WHERE m.account_id=$1 AND m.blob_id=$2 AND mm.mailbox_id=$3
            """)
        for blob in answer.blobs {
            try checkTime()
            try one.each(account, blob, mailbox) { found.append(try $0.uid(0, of: database)) }
        }
        try database(
            """
            SELECT mm.uid FROM message m
            JOIN mailbox_message mm ON mm.account_id=m.account_id AND mm.message_id=m.id
            WHERE m.account_id=$1 AND m.blob_id>$2 AND mm.mailbox_id=$3
            """
        ).each(account, answer.through, mailbox) { found.append(try $0.uid(0, of: database)) }
        return UIDSet(found.sorted())
    }
}
