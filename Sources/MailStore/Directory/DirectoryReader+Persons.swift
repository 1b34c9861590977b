package import MailMessage

/// An account as the directory of persons is asked about it.
package struct Person: Sendable {
    package let id: AccountID
    package let login: LoginName
    package let address: EmailAddress
    /// That directory has said before that its owner is not active.
    package let isDisabled: Bool
}

extension DirectoryReader {
    /// All but the removed ones.
    package func persons() throws -> [Person] {
        var persons: [Person] = []
        try database("SELECT id, login, address, disabled_at FROM account WHERE status <> 2 ORDER BY id").each { row in
            persons.append(
                Person(
                    id: AccountID(row.int64(0)), login: LoginName(stored: row.text(1)),
                    address: try storedAddress(row.text(2)), isDisabled: row.int64(3) != 0))
        }
        return persons
    }
}
