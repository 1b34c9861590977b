internal import MailMessage

/// One pair of limits as stored: nil inherits, -1 is unlimited.
struct StoredQuota: Equatable {
    static let unlimited: Int64 = -1
    var bytes: Int64?
    var messages: Int64?

    init(bytes: Int64? = nil, messages: Int64? = nil) {
        self.bytes = bytes
        self.messages = messages
    }

    init(_ row: borrowing Row, bytes: Int32, messages: Int32) {
        self.bytes = row.isNull(bytes) ? nil : row.int64(bytes)
        self.messages = row.isNull(messages) ? nil : row.int64(messages)
    }

    static func stored(_ amount: QuotaRule.Amount?) -> Int64? {
        switch amount {
        case nil: nil
        case .unlimited: unlimited
        case .limit(let value): value
        }
    }

    static func amount(_ stored: Int64?) -> QuotaRule.Amount? {
        stored.map { $0 == unlimited ? .unlimited : .limit($0) }
    }
}

extension QuotaScope {
    static let accountCode: Int64 = 1
    static let organisationCode: Int64 = 2
    static let classCode: Int64 = 3
    static let standardCode: Int64 = 4
}

extension DirectoryReader {
    /// The permanent or, with `temporary`, the dated rule somebody set at one level; nil when there is none. One that has
    /// lapsed is none any more, and a time of grace was set by nobody.
    package func quotaRule(of scope: QuotaScope, temporary: Bool = false) throws -> QuotaRule? {
        let (code, id) = try key(of: scope)
        return try database(
            """
            SELECT bytes, messages, until, reason FROM quota_rule WHERE scope = $1 AND scope_id = $2 AND temporary = $3
              AND (temporary = 0 OR until > $4 AND is_grace = 0)
            """
        ).first(code, id, temporary, now) { row in
            let stored = StoredQuota(row, bytes: 0, messages: 1)
            return QuotaRule(
                bytes: StoredQuota.amount(stored.bytes), messages: StoredQuota.amount(stored.messages),
                until: Self.moment(row.int64(2)), reason: row.text(3))
        }
    }

    package func limit(of account: AccountID) throws -> QuotaLimit {
        guard let entry = try self.account(account) else { throw StoreError.noSuchAccount }
        return entry.quota.limit
    }

    func key(of scope: QuotaScope) throws -> (code: Int64, id: Int64) {
        switch scope {
        case .account(let id): (QuotaScope.accountCode, id.value)
        case .organisation(let name): (QuotaScope.organisationCode, try organisationID(name))
        case .accountClass(let name): (QuotaScope.classCode, try classID(name))
        case .standard: (QuotaScope.standardCode, 0)
        }
    }

    /// `own` comes with the account's row; names are those of its organisation and class, empty for none.
    func levels(
        own: QuotaLevel, organisation: (id: Int64, name: String), classes: [(id: Int64, name: String)]
    ) throws -> QuotaLevels {
        QuotaLevels(
            own: own, organisation: (try level(QuotaScope.organisationCode, organisation.id), organisation.name),
            classes: try classes.map { (try level(QuotaScope.classCode, $0.id), $0.name) },
            standard: try level(QuotaScope.standardCode, 0))
    }

    private func level(_ scope: Int64, _ id: Int64) throws -> QuotaLevel {
        guard id != 0 || scope == QuotaScope.standardCode else { return QuotaLevel() }
        let key = QuotaLevelKey(scope: scope, id: id)
        if let known = knownLevels[key] { return known }
        var level = QuotaLevel()
        try database(
            """
            SELECT temporary, bytes, messages, until, reason, granted_by, is_grace FROM quota_rule
            WHERE scope = $1 AND scope_id = $2
            """
        ).each(scope, id) { row in
            let stored = StoredQuota(row, bytes: 1, messages: 2)
            guard row.bool(0) else { return level.permanent = stored }
            (level.temporary, level.until) = (stored, row.int64(3))
            (level.reason, level.grantedBy, level.isGrace) = (row.text(4), row.text(5), row.bool(6))
        }
        knownLevels[key] = level
        return level
    }
}

struct QuotaLevelKey: Hashable {
    let scope: Int64
    let id: Int64
}
