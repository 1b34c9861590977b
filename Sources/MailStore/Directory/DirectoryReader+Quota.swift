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

/// The rules of one level: a temporary one counts until its moment, then the permanent one again.
struct QuotaLevel: Equatable {
    var permanent = StoredQuota()
    var temporary = StoredQuota()
    var until: EpochSeconds = 0

    func bytes(at now: EpochSeconds) -> Int64? { (until > now ? temporary.bytes : nil) ?? permanent.bytes }
    func messages(at now: EpochSeconds) -> Int64? { (until > now ? temporary.messages : nil) ?? permanent.messages }
    func isTemporary(at now: EpochSeconds) -> Bool { until > now && temporary.bytes != nil }
}

extension QuotaScope {
    static let accountCode: Int64 = 1
    static let organisationCode: Int64 = 2
    static let classCode: Int64 = 3
    static let standardCode: Int64 = 4
}

extension DirectoryReader {
    /// The permanent or, with `temporary`, the dated rule somebody set at one level; nil when there is none.
    package func quotaRule(of scope: QuotaScope, temporary: Bool = false) throws -> QuotaRule? {
        let (code, id) = try key(of: scope)
        return try database(
            "SELECT bytes, messages, until, reason FROM quota_rule WHERE scope = $1 AND scope_id = $2 AND temporary = $3"
        ).first(code, id, Int64(temporary ? 1 : 0)) { row in
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
    func effectiveQuota(
        own: QuotaLevel, organisation: (id: Int64, name: String), accountClass: (id: Int64, name: String)
    ) throws -> EffectiveQuota {
        let levels: [(rule: QuotaLevel, source: QuotaSource)] = [
            (own, .account),
            (
                try level(QuotaScope.organisationCode, organisation.id),
                .organisation(OrganisationName(stored: organisation.name))
            ),
            (try level(QuotaScope.classCode, accountClass.id), .accountClass(ClassName(stored: accountClass.name))),
            (try level(QuotaScope.standardCode, 0), .standard),
        ]
        let deciding = levels.first { $0.rule.bytes(at: now) != nil }
        let messages = levels.lazy.compactMap { $0.rule.messages(at: self.now) }.first
        return EffectiveQuota(
            bytes: Self.limited(deciding?.rule.bytes(at: now)), messages: Self.limited(messages),
            source: deciding?.source ?? .standard,
            until: deciding.flatMap { $0.rule.isTemporary(at: now) ? $0.rule.until : nil })
    }

    private func level(_ scope: Int64, _ id: Int64) throws -> QuotaLevel {
        guard id != 0 || scope == QuotaScope.standardCode else { return QuotaLevel() }
        let key = QuotaLevelKey(scope: scope, id: id)
        if let known = knownLevels[key] { return known }
        var level = QuotaLevel()
        try database("SELECT temporary, bytes, messages, until FROM quota_rule WHERE scope = $1 AND scope_id = $2")
            .each(scope, id) { row in
                let stored = StoredQuota(row, bytes: 1, messages: 2)
                if row.bool(0) {
                    (level.temporary, level.until) = (stored, row.int64(3))
                } else {
                    level.permanent = stored
                }
            }
        knownLevels[key] = level
        return level
    }

    private static func limited(_ stored: Int64?) -> Int64? {
        stored.flatMap { $0 == StoredQuota.unlimited ? nil : $0 }
    }
}

struct QuotaLevelKey: Hashable {
    let scope: Int64
    let id: Int64
}
