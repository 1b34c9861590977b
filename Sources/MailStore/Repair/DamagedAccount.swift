internal import MailMessage

/// The tables of a damaged account, as far as they can be read.
struct DamagedAccount {
    let database: SQLConnection
    private let account: AccountID

    init(_ database: SQLConnection, _ account: AccountID) {
        self.database = database
        self.account = account
    }

    struct State {
        var nextID: Int64 = 1
        var modseq: Int64 = 0
        var uidValidity: Int64 = 0
        var createdAt: EpochSeconds = 0
    }

    var state: State? {
        try? database("SELECT next_id, modseq, uidvalidity, created_at FROM account_state WHERE account_id=$1")
            .first(account) {
                State(
                    nextID: $0.int64(0), modseq: $0.int64(1), uidValidity: $0.int64(2), createdAt: $0.int64(3))
            }
    }

    /// Identifiers go up to here.
    var ids: ClosedRange<Int64> {
        let ends = [
            state?.nextID, try? database("SELECT max(id) FROM message").number(),
            try? database("SELECT max(id) FROM blob_data").number(),
        ].compactMap { $0 }
        return 1...max(1, ends.max() ?? TableScan.unknownEnd)
    }

    /// Rows whose first column is their number. `sql` takes the account and the number to begin with. False when some
    /// could not be read.
    @discardableResult
    func rows(_ sql: StaticString, _ range: ClosedRange<Int64>, _ body: (borrowing Row) throws -> Void) throws -> Bool {
        try TableScan.run(range) { from, note in
            try database(sql).each(account, from) { row in
                try note(row.int64(0))
                try body(row)
            }
        }
    }

    /// Rows of one mailbox by UID.
    func rows(of mailbox: MailboxID, uidNext: Int64, _ body: (borrowing Row) throws -> Void) throws {
        try TableScan.run(1...max(1, min(uidNext, Int64(UInt32.max)))) { from, note in
            try database(
                """
                SELECT uid, message_id, modseq, flags, size, received_at, saved_at, trashed_at FROM mailbox_message
                WHERE account_id=$1 AND mailbox_id=$2 AND uid>=$3 ORDER BY uid
                """
            ).each(account, mailbox, from) { row in
                try note(row.int64(0))
                try body(row)
            }
        }
    }

    /// Every body whose page is there, in no order, perhaps some that were removed long ago.
    func looseBodies(_ body: (_ id: Int64, _ bytes: [UInt8]) throws -> Void) throws {
        try LooseBodies(database.path, account).each(body)
    }

    /// Size and digest of a body, when its row can be read.
    func facts(ofBlob id: Int64) -> (size: Int64, digest: Int64)? {
        try? database("SELECT size, digest FROM blob WHERE account_id=$1 AND id=$2").first(account, id) {
            ($0.int64(0), $0.int64(1))
        }
    }

    /// Rows of a table where only all or what comes before the damage matters.
    func beginning(_ sql: StaticString, _ body: (borrowing Row) throws -> Void) throws {
        do { try database(sql).each(account, do: body) } catch StoreError.damaged {}
    }
}
