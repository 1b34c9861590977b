internal import MailMessage

/// What people set for themselves; their name is the entry's.
package struct AccountPreferences: Sendable, Equatable {
    /// Of the signature, in octets.
    package static let longestSignature = 2_048

    /// `en`, `sv`; nil where nobody said.
    package var language: String?
    /// Lines that go below what they write; empty for none.
    package var signature: String

    package init(language: String? = nil, signature: String = "") {
        self.language = language
        self.signature = signature
    }
}

extension DirectoryReader {
    package func preferences(of id: AccountID) throws -> AccountPreferences? {
        try database("SELECT language, signature FROM account WHERE id = $1").first(id) { row in
            let language = row.text(0)
            return AccountPreferences(language: language.isEmpty ? nil : language, signature: row.text(1))
        }
    }
}

extension DirectoryTransaction {
    /// True when it was a change.
    @discardableResult
    package func setPreferences(_ wanted: AccountPreferences, of id: AccountID) throws -> Bool {
        let isNewLanguage = try setLanguage(wanted.language, of: id)
        let signature = try DirectoryText.lines(
            wanted.signature, atMost: AccountPreferences.longestSignature, "the signature")
        let before = try preferences(of: id)?.signature ?? ""
        guard signature != before else { return isNewLanguage }
        try database("UPDATE account SET signature = $1 WHERE id = $2").run(signature, id)
        try touch(id, "account signature", "\(before.utf8.count) bytes", "\(signature.utf8.count) bytes")
        return true
    }
}
