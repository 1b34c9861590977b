internal import MailMessage

extension NameIndex {
    /// Of an account's database, as paths.
    static func mailboxNames(_ database: SQLConnection) throws -> [String] {
        var rows: [Int64: (parent: Int64, name: String)] = [:]
        try database("SELECT id, parent_id, name FROM mailbox").each { row in
            rows[row.int64(0)] = (row.int64(1), row.text(2))
        }
        return rows.keys.compactMap { id in
            var components: [String] = []
            var next = rows[id]
            while let row = next, components.count <= MailboxName.maximumDepth {
                components.append(row.name)
                next = rows[row.parent]
            }
            return MailboxName(components: components.reversed())?.text
        }
    }
}
