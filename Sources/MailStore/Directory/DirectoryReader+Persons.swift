package import MailMessage

/// An account as the directory of persons is asked about it.
package struct Person: Sendable {
    package let id: AccountID
    package let login: LoginName
    package let address: EmailAddress
    /// That directory has said before that its owner is not active.
    package let isDisabled: Bool
    /// It has named somebody of this login before: no role account, whom it never knew.
    package let isKnown: Bool
}

extension DirectoryReader {
    /// All but the removed ones.
    package func persons() throws -> [Person] {
        var persons: [Person] = []
        try database("SELECT id, login, address, disabled_at, person_login FROM account WHERE status <> 2 ORDER BY id")
            .each { row in
                let login = LoginName(stored: row.text(1))
                persons.append(
                    Person(
                        id: AccountID(row.int64(0)), login: login, address: try storedAddress(row.text(2)),
                        isDisabled: row.int64(3) != 0, isKnown: row.text(4) == login.text))
            }
        return persons
    }
}

extension DirectoryTransaction {
    /// The directory of persons knows whoever has this login now.
    package func notePerson(_ person: Person) throws {
        try database("UPDATE account SET person_login = login WHERE id = $1 AND login = $2")
            .run(person.id, person.login.text)
    }
}

extension DirectorySchema {
    /// The login by which the directory of persons has named the owner, so that it can be told when it no longer does.
    static let persons = """
        ALTER TABLE account ADD COLUMN person_login TEXT NOT NULL DEFAULT '';
        """
}
