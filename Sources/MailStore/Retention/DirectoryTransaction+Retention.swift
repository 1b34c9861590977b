internal import MailMessage

extension DirectoryTransaction {
    /// Replaces what one level says; other levels stay. True when that changed something.
    @discardableResult
    package func setRetention(_ rule: RetentionRule, of scope: RetentionScope) throws -> Bool {
        if case .account(let id) = scope { _ = try liveAccount(id) }
        let (code, id) = try key(of: scope)
        let before = try retentionRule(of: scope) ?? RetentionRule()
        guard before != rule else { return false }
        try removeRetention(code, id)
        if !rule.isEmpty {
            try database(
                """
                INSERT INTO retention_rule (scope, scope_id, trash, junk, held_since, held_reason)
                VALUES ($1, $2, $3, $4, $5, $6)
                """
            ).run(
                code, id, rule.trash?.stored, rule.junk?.stored, rule.hold?.since ?? 0,
                try DirectoryText.checked(rule.hold?.reason ?? "", "the reason"))
        }
        try record("retention set", scope.description, before.words, rule.words)
        return true
    }

    func removeRetention(_ code: Int64, _ id: Int64) throws {
        try database("DELETE FROM retention_rule WHERE scope = $1 AND scope_id = $2").run(code, id)
    }

    /// Before the first message of an import is stored, and after the last.
    package func noteImport(into account: AccountID) throws {
        try database("UPDATE account SET imported_at = $1 WHERE id = $2 AND imported_at < $1").run(now, account)
    }
}

extension RetentionPeriod: CustomStringConvertible {
    package var description: String {
        switch self {
        case .never: "never"
        case .seconds(let seconds): SpanText.format(Int(clamping: seconds))
        }
    }
}

extension RetentionRule {
    /// For the audit trail.
    var words: String {
        var parts: [String] = []
        if let trash { parts.append("trash \(trash)") }
        if let junk { parts.append("junk \(junk)") }
        if let hold { parts.append("held" + (hold.reason.isEmpty ? "" : ": \(hold.reason)")) }
        return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }
}
