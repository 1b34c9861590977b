package import MailMessage

/// What one account says inside one `read` or `write`: one consistent state. Never kept after the closure.
package class AccountReader {
    let database: SQLConnection
    let account: AccountID
    let files: BodyFiles
    package let now: EpochSeconds

    init(_ database: SQLConnection, account: AccountID, files: BodyFiles, now: EpochSeconds) {
        self.database = database
        self.account = account
        self.files = files
        self.now = now
    }

    /// Throws `StoreError.outOfTime` when there is a budget and it is used up: for work between two statements.
    package func checkTime() throws { try database.checkTime() }

    /// The account's clock.
    package var modseq: ModSeq {
        get throws {
            let value = try database("SELECT modseq FROM account_state WHERE account_id=$1").number(account)
            return value.flatMap(ModSeq.init) ?? .zero
        }
    }

    package func usage() throws -> AccountUsage {
        try database("SELECT bytes_used, message_count FROM account_state WHERE account_id=$1").first(account) {
            AccountUsage(bytes: $0.int64(0), messages: $0.int64(1))
        } ?? AccountUsage(bytes: 0, messages: 0)
    }

    package func keywords() throws -> KeywordTable {
        var table = KeywordTable()
        try database("SELECT bit, name FROM keyword WHERE account_id=$1").each(account) { row in
            if let keyword = Keyword(row.text(1)) { table.set(keyword, bit: row.int(0)) }
        }
        return table
    }

    package func subscriptions() throws -> Set<MailboxName> {
        var names: Set<MailboxName> = []
        try database("SELECT name FROM subscription WHERE account_id=$1").each(account) { row in
            if let name = MailboxName(row.text(0)) { names.insert(name) }
        }
        return names
    }
}

extension Row {
    /// A UID column. Anything that is none means damage.
    func uid(_ column: Int32, of database: SQLConnection) throws -> UID {
        guard let value = UInt32(exactly: int64(column)), let uid = UID(value) else {
            throw StoreError.damaged(file: database.path, detail: "UID out of range")
        }
        return uid
    }

    func modseq(_ column: Int32) -> ModSeq { ModSeq(int64(column)) ?? .zero }
}
