package import MailMessage

/// One account's use and limit without its names: what is looked at in all of twenty thousand.
package struct AccountUsageFacts: Sendable, Equatable {
    package let id: AccountID
    package let organisation: OrganisationID?
    /// The class's id, nil for none.
    package let accountClass: Int64?
    package let bytesUsed: Int64
    package let messageCount: Int64
    /// Nil = unlimited.
    package let limit: Int64?
    /// When a dated limit lapses, and what counts then.
    package let until: EpochSeconds?
    package let limitAfterwards: Int64?
    package let isGrace: Bool
    /// What counts against the organisation's pool; nil = unlimited.
    package let granted: Int64?

    package init(
        id: AccountID, organisation: OrganisationID? = nil, accountClass: Int64? = nil, bytesUsed: Int64,
        messageCount: Int64 = 0, limit: Int64?, until: EpochSeconds? = nil, limitAfterwards: Int64? = nil,
        isGrace: Bool = false, granted: Int64? = nil
    ) {
        (self.id, self.organisation, self.accountClass) = (id, organisation, accountClass)
        (self.bytesUsed, self.messageCount, self.limit) = (bytesUsed, messageCount, limit)
        (self.until, self.limitAfterwards) = (until, limitAfterwards)
        (self.isGrace, self.granted) = (isGrace, granted)
    }

    /// What counts for good, as far as is known now. Nil = unlimited.
    package var lastingLimit: Int64? { until == nil ? limit : limitAfterwards }

    /// In hundredths of the limit, rounded down; 0 where there is none.
    package var percent: Int64 { Self.percent(of: bytesUsed, limit) }

    package static func percent(of used: Int64, _ limit: Int64?) -> Int64 {
        guard let limit else { return 0 }
        guard limit > 0 else { return used > 0 ? 100 : 0 }
        let (scaled, overflow) = used.multipliedReportingOverflow(by: 100)
        return overflow ? used / max(1, limit / 100) : scaled / limit
    }
}

extension DirectoryReader {
    /// Everybody but the removed, from hints, in the order they were made.
    package func eachUsage(
        in organisation: OrganisationID? = nil, _ body: (AccountUsageFacts) throws -> Void
    ) throws {
        let further = try furtherClasses(from: 1, through: .max)
        try database(
            """
            SELECT a.id, a.organisation_id, a.class_id, coalesce(h.bytes_used, 0), coalesce(h.message_count, 0),
              p.bytes, t.bytes, coalesce(t.until, 0), coalesce(t.is_grace, 0)
            FROM account a
              LEFT JOIN account_hint h ON h.account_id = a.id
              LEFT JOIN quota_rule p ON p.scope = 1 AND p.scope_id = a.id AND p.temporary = 0
              LEFT JOIN quota_rule t ON t.scope = 1 AND t.scope_id = a.id AND t.temporary = 1
            WHERE a.status <> 2 AND ($1 = 0 OR a.organisation_id = $1) ORDER BY a.id
            """
        ).each(organisation?.value ?? 0) { row in try body(facts(row, further: further[row.int64(0)] ?? [])) }
    }

    private func facts(_ row: borrowing Row, further: [(id: Int64, name: String)]) throws -> AccountUsageFacts {
        let (organisation, accountClass) = (row.int64(1), row.int64(2))
        let own = QuotaLevel(
            permanent: StoredQuota(bytes: row.isNull(5) ? nil : row.int64(5)),
            temporary: StoredQuota(bytes: row.isNull(6) ? nil : row.int64(6)), until: row.int64(7),
            isGrace: row.bool(8))
        let levels = try levels(own: own, organisation: (organisation, ""), classes: [(accountClass, "")] + further)
        let quota = levels.effective(at: now)
        return AccountUsageFacts(
            id: AccountID(row.int64(0)), organisation: organisation == 0 ? nil : OrganisationID(organisation),
            accountClass: accountClass == 0 ? nil : accountClass, bytesUsed: row.int64(3), messageCount: row.int64(4),
            limit: quota.bytes, until: quota.until, limitAfterwards: quota.bytesAfterwards, isGrace: quota.isGrace,
            granted: levels.granted(at: now))
    }

    /// By account; few people have several roles.
    func furtherClasses(from first: Int64, through last: Int64) throws -> [Int64: [(id: Int64, name: String)]] {
        var result: [Int64: [(id: Int64, name: String)]] = [:]
        try database(
            """
            SELECT f.account_id, f.class_id, k.name FROM further_class f JOIN account_class k ON k.id = f.class_id
            WHERE f.account_id BETWEEN $1 AND $2 ORDER BY f.account_id, f.class_id
            """
        ).each(first, last) { row in result[row.int64(0), default: []].append((row.int64(1), row.text(2))) }
        return result
    }
}
