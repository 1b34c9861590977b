internal import MailMessage

extension DirectoryTransaction {
    /// Sets the permanent rule of one level, or its temporary one when the rule has an end. Other levels stay.
    package func setQuota(_ rule: QuotaRule, for scope: QuotaScope) throws {
        let (code, id) = try existingKey(of: scope)
        let temporary = rule.until != nil
        let before = try quotaRule(of: scope, temporary: temporary)
        guard before != rule else { return }
        try Self.check(rule)
        try database(
            """
            INSERT INTO quota_rule (scope, scope_id, temporary, bytes, messages, until, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (scope, scope_id, temporary) DO UPDATE SET
              bytes = $4, messages = $5, until = $6, reason = $7
            """
        ).run(
            code, id, temporary, StoredQuota.stored(rule.bytes), StoredQuota.stored(rule.messages), rule.until ?? 0,
            try DirectoryText.checked(rule.reason))
        knownLevels = [:]
        try record("quota set", scope.description, before.map(Self.text) ?? "none", Self.text(rule))
    }

    /// Takes away one level's rules, the temporary one too.
    package func unsetQuota(of scope: QuotaScope) throws {
        let (code, id) = try existingKey(of: scope)
        let before = try quotaRule(of: scope)
        guard try removeQuotas(code, id) > 0 else { return }
        try record("quota unset", scope.description, before.map(Self.text) ?? "none", "none")
    }

    @discardableResult
    func removeQuotas(_ code: Int64, _ id: Int64) throws -> Int {
        knownLevels = [:]
        return try database("DELETE FROM quota_rule WHERE scope = $1 AND scope_id = $2").run(code, id)
    }

    private func existingKey(of scope: QuotaScope) throws -> (code: Int64, id: Int64) {
        if case .account(let id) = scope { _ = try liveAccount(id) }
        return try key(of: scope)
    }

    private static func check(_ rule: QuotaRule) throws {
        for case .limit(let value)? in [rule.bytes, rule.messages] where value < 0 {
            throw StoreError.invalid("a quota below zero")
        }
    }

    private static func text(_ rule: QuotaRule) -> String {
        var parts = ["\(text(rule.bytes)) bytes", "\(text(rule.messages)) messages"]
        if let until = rule.until { parts.append("until \(until)") }
        if !rule.reason.isEmpty { parts.append(rule.reason) }
        return parts.joined(separator: ", ")
    }

    private static func text(_ amount: QuotaRule.Amount?) -> String {
        switch amount {
        case nil: "inherited"
        case .unlimited: "unlimited"
        case .limit(let value): String(value)
        }
    }
}

extension QuotaScope: CustomStringConvertible {
    package var description: String {
        switch self {
        case .account(let id): "account \(id)"
        case .organisation(let name): "org \(name)"
        case .accountClass(let name): "class \(name)"
        case .standard: "default"
        }
    }
}
