internal import MailMessage

extension RetentionPeriod {
    private static let forEver: Int64 = -1

    static func stored(_ value: Int64?) -> RetentionPeriod? {
        value.map { $0 < 0 ? .never : .seconds($0) }
    }

    var stored: Int64 {
        switch self {
        case .never: Self.forEver
        case .seconds(let seconds): seconds
        }
    }
}

extension RetentionPeriod: Comparable {
    package static func < (left: RetentionPeriod, right: RetentionPeriod) -> Bool {
        switch (left, right) {
        case (.seconds(let left), .seconds(let right)): left < right
        case (.seconds, .never): true
        case (.never, _): false
        }
    }
}

extension DirectoryReader {
    package func retentionRule(of scope: RetentionScope) throws -> RetentionRule? {
        let (code, id) = try key(of: scope)
        return try database(
            "SELECT trash, junk, held_since, held_reason FROM retention_rule WHERE scope = $1 AND scope_id = $2"
        ).first(code, id) { RetentionRule($0, from: 0) }
    }

    /// Every rule there is, the default's first; with `account`, of those of accounts only its own.
    package func retentionRules(
        of account: AccountID? = nil
    ) throws -> [(scope: RetentionScope, rule: RetentionRule)] {
        var found: [(RetentionScope, RetentionRule)] = []
        try database(
            """
            SELECT r.scope, r.scope_id, coalesce(o.name, ''), coalesce(k.name, ''), r.trash, r.junk, r.held_since,
              r.held_reason
            FROM retention_rule r LEFT JOIN organisation o ON r.scope = 2 AND o.id = r.scope_id
              LEFT JOIN account_class k ON r.scope = 3 AND k.id = r.scope_id
            WHERE $1 = 0 OR r.scope <> 1 OR r.scope_id = $1 ORDER BY r.scope DESC, r.scope_id
            """
        ).each(account?.value ?? 0) { row in
            guard let scope = RetentionScope(stored: row.int64(0), row.int64(1), row.text(2), row.text(3)) else {
                return
            }
            found.append((scope, RetentionRule(row, from: 4)))
        }
        return found
    }

    package func retention(of account: AccountID) throws -> EffectiveRetention {
        let row = try database("SELECT organisation_id, class_id, imported_at FROM account WHERE id = $1")
            .first(account) { ($0.int64(0), $0.int64(1), $0.int64(2)) }
        guard let (organisation, accountClass, importedAt) = row else { throw StoreError.noSuchAccount }
        let further = try furtherClasses(from: account.value, through: account.value)[account.value] ?? []
        return try RetentionTable(self, of: account).effective(
            account: account.value, organisation: organisation, classes: [accountClass] + further.map(\.id),
            importedAt: importedAt)
    }
}

extension Directory {
    /// Whether a hold keeps everything of the account. Who is nobody's account is not held.
    func isHeld(_ account: AccountID) async -> Bool {
        do { return try await read { try $0.retention(of: account).hold != nil } } catch .noSuchAccount {
            return false
        } catch { return true }  // not known: nothing is given up
    }
}

extension RetentionRule {
    init(_ row: borrowing Row, from column: Int32) {
        let since = row.int64(column + 2)
        self.init(
            trash: .stored(row.isNull(column) ? nil : row.int64(column)),
            junk: .stored(row.isNull(column + 1) ? nil : row.int64(column + 1)),
            hold: since > 0 ? RetentionHold(since: since, reason: row.text(column + 3)) : nil)
    }
}

extension RetentionScope {
    fileprivate init?(stored code: Int64, _ id: Int64, _ organisation: String, _ accountClass: String) {
        switch code {
        case Self.accountCode: self = .account(AccountID(id))
        case Self.organisationCode: self = .organisation(OrganisationName(stored: organisation))
        case Self.classCode: self = .accountClass(ClassName(stored: accountClass))
        case Self.standardCode: self = .standard
        default: return nil
        }
    }
}

/// All rules in memory: a purge asks for thousands of accounts.
struct RetentionTable {
    private var levels: [QuotaLevelKey: (rule: RetentionRule, source: RetentionSource)] = [:]

    /// `account`: all that is asked for.
    init(_ reader: DirectoryReader, of account: AccountID? = nil) throws {
        for (scope, rule) in try reader.retentionRules(of: account) {
            let (code, id) = try reader.key(of: scope)
            levels[QuotaLevelKey(scope: code, id: id)] = (rule, RetentionSource(scope))
        }
    }

    /// Of several classes the one that keeps longest counts, and the hold of any.
    func effective(
        account: Int64, organisation: Int64, classes: [Int64], importedAt: EpochSeconds
    ) -> EffectiveRetention {
        let nearest = [
            level(RetentionScope.accountCode, account), level(RetentionScope.organisationCode, organisation),
        ]
        let standard = level(RetentionScope.standardCode, 0)
        return EffectiveRetention(
            nearest.compactMap { $0 } + merged(classes) + [standard].compactMap { $0 },
            importedAt: DirectoryReader.moment(importedAt))
    }

    private func level(_ scope: Int64, _ id: Int64) -> (rule: RetentionRule, source: RetentionSource)? {
        levels[QuotaLevelKey(scope: scope, id: id)]
    }

    private func merged(_ classes: [Int64]) -> [(rule: RetentionRule, source: RetentionSource)] {
        let all = classes.compactMap { level(RetentionScope.classCode, $0) }
        func longest(_ property: KeyPath<RetentionRule, RetentionPeriod?>) -> RetentionSource? {
            all.filter { $0.rule[keyPath: property] != nil }.max { left, right in
                (left.rule[keyPath: property] ?? .never) < (right.rule[keyPath: property] ?? .never)
            }?.source
        }
        let (trash, junk) = (longest(\.trash), longest(\.junk))
        return all.map { rule, source in
            let trash = source == trash ? rule.trash : nil
            return (RetentionRule(trash: trash, junk: source == junk ? rule.junk : nil, hold: rule.hold), source)
        }
    }

    /// The shortest of all periods: younger than this nothing is due anywhere. Nil: nothing ever is.
    func shortest(_ property: KeyPath<RetentionRule, RetentionPeriod?>, standard: RetentionPeriod) -> Int64? {
        let hasStandard =
            levels[QuotaLevelKey(scope: RetentionScope.standardCode, id: 0)]?.rule[keyPath: property] != nil
        let all = levels.values.compactMap { $0.rule[keyPath: property] } + (hasStandard ? [] : [standard])
        return all.compactMap { period -> Int64? in if case .seconds(let seconds) = period { seconds } else { nil } }
            .min()
    }
}

extension RetentionSource {
    init(_ scope: RetentionScope) {
        switch scope {
        case .account: self = .account
        case .organisation(let name): self = .organisation(name)
        case .accountClass(let name): self = .accountClass(name)
        case .standard: self = .standard
        }
    }
}
