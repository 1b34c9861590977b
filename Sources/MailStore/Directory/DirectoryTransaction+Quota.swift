internal import MailMessage

extension DirectoryTransaction {
    /// Sets the permanent rule of one level, or its dated one when the rule has an end. Other levels stay.
    ///
    /// Whoever uses more than a lower limit allows keeps the old one for `grace` seconds. A limit that would bring an
    /// organisation over its pool is refused when the transaction ends.
    /// False when it was so already.
    @discardableResult
    package func setQuota(
        _ rule: QuotaRule, for scope: QuotaScope, grace: Int64 = QuotaGrace.standardSeconds
    ) throws -> Bool {
        let (code, id) = try existingKey(of: scope)
        let temporary = rule.until != nil
        let before = try quotaRule(of: scope, temporary: temporary)
        guard before != rule else {
            guard !temporary, case .account(let id) = scope else { return false }
            return try shortenGrace(of: id, to: grace)
        }
        try Self.check(rule)
        try notePools()
        let concerned = temporary ? [] : try limitsBefore(scope)
        try write(rule, code, id, isGrace: false)
        try record("quota set", scope.description, before.map(Self.text) ?? "none", Self.text(rule))
        try grantGrace(to: concerned, seconds: grace)
        return true
    }

    /// Takes away one level's rules, or only its dated one, which then holds no longer for anybody.
    package func unsetQuota(
        of scope: QuotaScope, onlyTemporary: Bool = false, grace: Int64 = QuotaGrace.standardSeconds
    ) throws -> Bool {
        let (code, id) = try existingKey(of: scope)
        let before = try quotaRule(of: scope, temporary: onlyTemporary)
        try notePools()
        let concerned = onlyTemporary ? [] : try limitsBefore(scope)
        guard try removeQuotas(code, id, onlyTemporary: onlyTemporary) > 0 else { return false }
        try record("quota unset", scope.description, before.map(Self.text) ?? "none", "none")
        try grantGrace(to: concerned, seconds: grace)
        return true
    }

    func write(_ rule: QuotaRule, _ code: Int64, _ id: Int64, isGrace: Bool) throws {
        let temporary = rule.until != nil
        try database(
            """
            INSERT INTO quota_rule (scope, scope_id, temporary, bytes, messages, until, reason, granted_by, is_grace)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (scope, scope_id, temporary) DO UPDATE SET
              bytes = $4, messages = $5, until = $6, reason = $7, granted_by = $8, is_grace = $9
            """
        ).run(
            code, id, temporary, StoredQuota.stored(rule.bytes), StoredQuota.stored(rule.messages), rule.until ?? 0,
            try DirectoryText.checked(rule.reason, "the reason"), temporary ? actor.name : "", isGrace)
        knownLevels = [:]
    }

    @discardableResult
    func removeQuotas(_ code: Int64, _ id: Int64, onlyTemporary: Bool = false) throws -> Int {
        knownLevels = [:]
        return try database("DELETE FROM quota_rule WHERE scope = $1 AND scope_id = $2 AND temporary >= $3").run(
            code, id, onlyTemporary)
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

    static func text(_ rule: QuotaRule) -> String {
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
