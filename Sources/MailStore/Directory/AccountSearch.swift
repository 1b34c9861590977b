internal import MailMessage

/// Whom somebody looks for among many: each word is part of a login, address or name, or the name of a class or organisation.
package struct AccountSearch: Sendable, Equatable {
    /// Further ones are left out.
    static let mostWords = 3

    let words: [String]
    /// Nil: among all.
    let organisations: Set<OrganisationName>?

    package init(_ text: String, among organisations: Set<OrganisationName>? = nil) {
        words = text.split(whereSeparator: \.isWhitespace).prefix(Self.mostWords).map { $0.lowercased() }
        self.organisations = organisations
    }

    package var isEmpty: Bool { words.isEmpty }
}

/// Some of those who were found, and how many there are.
package struct AccountHits: Sendable, Equatable {
    package let entries: [AccountEntry]
    package let total: Int
}

extension DirectoryReader {
    /// In the order of their logins when something was asked for, else in the order they were made. One pass over the names,
    /// and only whoever is shown is read as a whole.
    package func search(_ search: AccountSearch, limit: Int) throws -> AccountHits {
        guard let scope = try organisationList(search.organisations) else { return AccountHits(entries: [], total: 0) }
        let words = try search.words.map { try SearchWord($0, in: self) }
        let (first, second, third) = (SearchWord(words, 0), SearchWord(words, 1), SearchWord(words, 2))
        var found: [(login: String, id: AccountID)] = []
        var total = 0
        try database(
            """
            SELECT a.id, a.login, a.address, a.name, a.class_id, a.organisation_id FROM account a
            WHERE a.status <> 2 AND ($1 = '' OR $1 LIKE '%,' || a.organisation_id || ',%')
              AND ($2 = '' OR a.login LIKE $2 ESCAPE '\\' OR lower(a.address) LIKE $2 ESCAPE '\\'
                OR lower(a.name) LIKE $2 ESCAPE '\\' OR a.class_id = $3 OR a.organisation_id = $4)
              AND ($5 = '' OR a.login LIKE $5 ESCAPE '\\' OR lower(a.address) LIKE $5 ESCAPE '\\'
                OR lower(a.name) LIKE $5 ESCAPE '\\' OR a.class_id = $6 OR a.organisation_id = $7)
              AND ($8 = '' OR a.login LIKE $8 ESCAPE '\\' OR lower(a.address) LIKE $8 ESCAPE '\\'
                OR lower(a.name) LIKE $8 ESCAPE '\\' OR a.class_id = $9 OR a.organisation_id = $10)
            """
        ).each(
            scope, first.pattern, first.accountClass, first.organisation, second.pattern, second.accountClass,
            second.organisation, third.pattern, third.accountClass, third.organisation
        ) { row in
            guard words.allSatisfy({ $0.isIn(row) }) else { return }
            total += 1
            guard !words.isEmpty || found.count < limit else { return }
            found.append((words.isEmpty ? "" : row.text(1), AccountID(row.int64(0))))
        }
        if !words.isEmpty { found.sort { $0.login < $1.login } }
        return AccountHits(entries: try found.prefix(limit).compactMap { try account($0.id) }, total: total)
    }

    /// As the statement compares them, such as `,3,17,`; nil: none of them is there, so nobody is.
    private func organisationList(_ names: Set<OrganisationName>?) throws -> String? {
        guard let names else { return "" }
        let ids = try names.sorted().compactMap { name in
            try database("SELECT id FROM organisation WHERE name = $1").number(name.text)
        }
        return ids.isEmpty ? nil : "," + ids.map { "\($0)," }.joined()
    }
}

/// One word as the statement takes it. The database folds ASCII alone: other letters are joker characters there, and compared here.
private struct SearchWord {
    /// Nobody's.
    private static let nothing: Int64 = -1

    let text: String
    let pattern: String
    let accountClass: Int64
    let organisation: Int64
    private let isPlain: Bool

    init(_ text: String, in reader: DirectoryReader) throws {
        self.text = text
        isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        var inside = ""
        for character in text {
            switch character {
            case "%", "_", "\\": inside += "\\\(character)"
            default: inside += character.isASCII ? String(character) : "%"
            }
        }
        pattern = "%\(inside)%"
        accountClass =
            try reader.database("SELECT id FROM account_class WHERE name = $1").number(text) ?? Self.nothing
        organisation = try reader.database("SELECT id FROM organisation WHERE name = $1").number(text) ?? Self.nothing
    }

    /// One that everything has.
    private init() {
        (text, pattern, isPlain) = ("", "", true)
        (accountClass, organisation) = (Self.nothing, Self.nothing)
    }

    init(_ words: [SearchWord], _ index: Int) { self = words.dropFirst(index).first ?? SearchWord() }

    func isIn(_ row: borrowing Row) -> Bool {
        if isPlain || row.int64(4) == accountClass || row.int64(5) == organisation { return true }
        return [row.text(3), row.text(2)].contains { $0.lowercased().contains(text) }
    }
}
