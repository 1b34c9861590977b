/// What groups are called, by their ids.
extension DirectoryReader {
    package func organisationNames() throws -> [Int64: String] {
        try names(database("SELECT id, name FROM organisation"))
    }

    package func classNames() throws -> [Int64: String] { try names(database("SELECT id, name FROM account_class")) }

    private func names(_ statement: Statement) throws -> [Int64: String] {
        var names: [Int64: String] = [:]
        try statement.each { names[$0.int64(0)] = $0.text(1) }
        return names
    }
}
