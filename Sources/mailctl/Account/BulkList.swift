import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

/// Reads a list of accounts: CSV with a header, or NDJSON when the first character is `{`.
struct BulkList {
    static let columns = [
        "address", "login", "name", "org", "class", "quota", "status", "password_hash", "scram_keys", "aliases",
        "expires_at", "expires_then",
    ]

    private(set) var rows: [BulkRow] = []
    var refusals: [BulkRefusal] = []
    /// The lines as they were, for the file of rejects.
    var lines: [Int: String] = [:]
    private(set) var header: String?

    init(_ bytes: [UInt8], ignoresExtraColumns: Bool, now: EpochSeconds) throws(ToolError) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .data("the list is not UTF-8") }
        if text.first == "{" {
            readJSON(bytes, ignoresExtraKeys: ignoresExtraColumns, now: now)
        } else {
            try readCSV(text, ignoresExtraColumns: ignoresExtraColumns, now: now)
        }
    }

    private mutating func readCSV(_ text: String, ignoresExtraColumns: Bool, now: EpochSeconds) throws(ToolError) {
        var reader = CSVReader(text)
        guard let names = reader.next()?.fields else {
            throw .data("the list is empty", hint: "the first line names the columns")
        }
        for name in names where !Self.columns.contains(name) && !ignoresExtraColumns {
            let near = Suggestion.nearest(to: name, in: Self.columns)
            throw .data(
                "line 1: unknown column \"\(name)\"" + (near.map { " (did you mean \($0)?)" } ?? ""),
                hint: "columns: \(Self.columns.joined(separator: ",")); or use --ignore-extra")
        }
        guard names.contains("address") else { throw .data("line 1: the column \"address\" is missing") }
        header = reader.lastText
        while let record = reader.next() {
            if record.fields == [""] { continue }
            lines[record.line] = reader.lastText
            guard record.fields.count == names.count else {
                refusals.append(
                    .init(line: record.line, reason: "\(record.fields.count) fields instead of \(names.count)"))
                continue
            }
            add(Dictionary(zip(names, record.fields)) { first, _ in first }, line: record.line, now: now)
        }
    }

    mutating func add(_ fields: [String: String], line: Int, now: EpochSeconds) {
        do {
            rows.append(BulkRow(line: line, account: try Self.account(fields, now: now)))
        } catch {
            refusals.append(.init(line: line, reason: error.message))
        }
    }

    private static func account(_ fields: [String: String], now: EpochSeconds) throws(ToolError) -> NewAccount {
        func value(_ name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let text = value("address"), let address = EmailAddress(text) else {
            throw .data("\"\(value("address") ?? "")\" is not an address")
        }
        var new = NewAccount(address: address)
        if let text = value("login") { new.login = try Value.login(text) }
        new.name = value("name") ?? ""
        if let text = value("org") { new.organisation = try Value.organisation(text) }
        if let text = value("class") { new.accountClass = try Value.accountClass(text) }
        if let text = value("quota"), text != "default" { new.quota = try Value.quota(text) }
        new.suspended = try isSuspended(value("status"))
        if let text = value("password_hash") {
            do {
                new.credential = try Passwords.credential(importing: text, scram: value("scram_keys"), at: now)
            } catch {
                throw ToolError(error)
            }
        }
        for text in (value("aliases") ?? "").split(separator: ",") {
            guard let alias = EmailAddress(String(text)) else { throw .data("the alias \"\(text)\" is not an address") }
            new.aliases.append(alias)
        }
        if let text = value("expires_at") { new.expiresAt = try Value.moment(text) }
        if let text = value("expires_then") { new.expiresThen = try Value.expiryAction(text) }
        return new
    }

    private static func isSuspended(_ text: String?) throws(ToolError) -> Bool {
        switch text {
        case nil, "active", "no-password": return false
        case "suspended": return true
        default: throw .data("status \"\(text ?? "")\" is not active, no-password or suspended")
        }
    }
}
