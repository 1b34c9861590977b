internal import MailMessage

extension DirectoryTransaction {
    /// The classes of a person with several roles beside `account.class`.
    func setFurtherClasses(_ names: [ClassName], of id: AccountID) throws {
        let before = try liveAccount(id)
        let wanted = Set(names).subtracting([before.accountClass].compactMap { $0 })
        guard wanted != Set(before.furtherClasses) else { return }
        try database("DELETE FROM further_class WHERE account_id = $1").run(id)
        for name in wanted {
            try database("INSERT INTO further_class (account_id, class_id) VALUES ($1, $2)").run(id, try classID(name))
        }
        try touch(id, "account further classes", Self.list(before.furtherClasses), Self.list(Array(wanted)))
    }

    /// What notices are written in; nil = English.
    package func setLanguage(_ language: String?, of id: AccountID) throws -> Bool {
        let before = try liveAccount(id)
        guard before.language != language else { return false }
        try database("UPDATE account SET language = $1 WHERE id = $2").run(language ?? "", id)
        try touch(id, "account language", before.language ?? "none", language ?? "none")
        return true
    }

    private static func list(_ names: [ClassName]) -> String {
        names.isEmpty ? "none" : names.map(\.text).sorted().joined(separator: ", ")
    }
}
