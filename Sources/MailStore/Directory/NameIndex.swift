internal import MailMessage

/// Names that begin with something, for a shell that completes words: from the indexes, without the store's threads and locks.
package final class NameIndex {
    package struct Entry: Sendable, Equatable {
        package let name: String
        /// What a shell may show beside it.
        package let note: String

        package init(_ name: String, _ note: String = "") {
            self.name = name
            self.note = note
        }
    }

    /// More than this nobody reads at a prompt.
    package static let limit = 200
    /// A store with so many accounts names them only from two characters on.
    package static let largeStore: Int64 = 2_000

    private let store: String
    private let directory: SQLConnection

    package init(of store: String) throws {
        self.store = store
        directory = try SQLConnection(readingOnly: store + "/directory.db")
    }

    /// Addresses; logins where the address begins otherwise.
    package func accounts(_ prefix: String) throws -> [Entry] {
        let low = prefix.lowercased()
        guard try isEnough(low) else { return [] }
        var found = try range(
            directory(
                """
                SELECT account.address, account.name FROM address JOIN account ON account.id = address.account_id
                 WHERE address.address >= $1 AND address.address < $2 AND address.account_id > 0
                 ORDER BY address.address LIMIT $3
                """), low)
        if found.count > Self.limit, let last = try lastAddress(low) { found[Self.limit - 1] = last }
        let logins = try range(
            directory(
                """
                SELECT login, name FROM account
                 WHERE login >= $1 AND login < $2 AND status <> 2 AND substr(lower(address), 1, length($1)) <> $1
                 ORDER BY login LIMIT $3
                """), low)
        return Array((found.prefix(Self.limit) + logins).prefix(Self.limit))
    }

    /// A shell inserts what all names have in common: when some are left out, the last one must be among the others.
    private func lastAddress(_ prefix: String) throws -> Entry? {
        try directory(
            """
            SELECT account.address, account.name FROM address JOIN account ON account.id = address.account_id
             WHERE address.address >= $1 AND address.address < $2 AND address.account_id > 0
             ORDER BY address.address DESC LIMIT 1
            """
        ).first(prefix, Self.end(of: prefix)) { Entry($0.text(0), $0.text(1)) }
    }

    package func removedAccounts(_ prefix: String) throws -> [Entry] {
        let low = prefix.lowercased()
        return try range(
            directory(
                """
                SELECT address, name FROM account
                 WHERE status = 2 AND lower(address) >= $1 AND lower(address) < $2 ORDER BY address LIMIT $3
                """), low)
    }

    package func organisations(_ prefix: String) throws -> [Entry] {
        try range(
            directory("SELECT name, title FROM organisation WHERE name >= $1 AND name < $2 ORDER BY name LIMIT $3"),
            prefix)
    }

    package func classes(_ prefix: String) throws -> [Entry] {
        try range(
            directory("SELECT name, '' FROM account_class WHERE name >= $1 AND name < $2 ORDER BY name LIMIT $3"),
            prefix)
    }

    package func domains(_ prefix: String) throws -> [Entry] {
        try range(
            directory("SELECT name, '' FROM domain WHERE name >= $1 AND name < $2 ORDER BY name LIMIT $3"),
            prefix.lowercased())
    }

    package func aliases(_ prefix: String) throws -> [Entry] {
        let low = prefix.lowercased()
        guard try isEnough(low) else { return [] }
        return try range(
            directory("SELECT written, '' FROM alias WHERE address >= $1 AND address < $2 ORDER BY address LIMIT $3"),
            low)
    }

    /// Of the account with this address, alias or login; none when there is no such account or it never had mail.
    package func mailboxes(of account: String, _ prefix: String) throws -> [Entry] {
        guard let id = try accountID(account.lowercased()) else { return [] }
        let folder = AccountFolder(of: AccountID(id), in: store)
        guard StoreFolder.exists(folder.database) else { return [] }
        let names = try Self.mailboxNames(SQLConnection(readingOnly: folder.database))
        return names.filter { $0.hasPrefix(prefix) }.sorted().prefix(Self.limit).map { Entry($0) }
    }

    private func accountID(_ name: String) throws -> Int64? {
        try directory(
            """
            SELECT account_id FROM address WHERE address = $1 AND account_id > 0
             UNION ALL SELECT id FROM account WHERE login = $1
             UNION ALL SELECT alias_target.account_id FROM alias JOIN alias_target ON alias_id = alias.id WHERE alias.address = $1
            """
        ).number(name)
    }

    private func isEnough(_ prefix: String) throws -> Bool {
        if prefix.unicodeScalars.count > 1 { return true }
        return try directory("SELECT count(*) FROM account").number() ?? 0 <= Self.largeStore
    }

    private func range(_ statement: Statement, _ prefix: String) throws -> [Entry] {
        var found: [Entry] = []
        try statement.each(prefix, Self.end(of: prefix), Self.limit + 1) { found.append(Entry($0.text(0), $0.text(1))) }
        return found
    }

    private static func end(of prefix: String) -> String { prefix + "\u{10FFFF}" }
}
