import MailMessage
package import MailStore

/// What the accounts of one organisation or class use together.
package struct QuotaGroup: Sendable, Equatable {
    /// Empty for those without one.
    package var name = ""
    package var accounts: Int64 = 0
    package var used: Int64 = 0
    package var messages: Int64 = 0
    /// The sum of the limits that are limits.
    package var limit: Int64 = 0
    package var unlimited: Int64 = 0
    package var over80: Int64 = 0
    package var over95: Int64 = 0
    package var full: Int64 = 0
    /// Nil = no pool.
    package var pool: Int64?

    package mutating func add(_ facts: AccountUsageFacts) {
        accounts += 1
        used = Self.sum(used, facts.bytesUsed)
        messages = Self.sum(messages, facts.messageCount)
        if let bytes = facts.limit { limit = Self.sum(limit, bytes) } else { unlimited += 1 }
        if facts.percent >= 80 { over80 += 1 }
        if facts.percent >= 95 { over95 += 1 }
        if facts.percent >= 100 { full += 1 }
    }

    private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }
}

/// By what a report puts accounts together.
package enum QuotaGrouping: String, CaseIterable, Sendable { case org, `class` }

extension Administration {
    /// One row for each group, the fullest first, and all together last.
    package func quotaReport(by grouping: QuotaGrouping) async throws(AdminError) -> [QuotaGroup] {
        try await reading { reader in
            let names = try grouping == .org ? reader.organisationNames() : reader.classNames()
            var groups: [Int64: QuotaGroup] = [:]
            var total = QuotaGroup(name: "total")
            try reader.eachUsage { facts in
                let key = (grouping == .org ? facts.organisation?.value : facts.accountClass) ?? 0
                groups[key, default: QuotaGroup(name: names[key] ?? "")].add(facts)
                total.add(facts)
            }
            if grouping == .org {
                for pool in try reader.pools() { groups[pool.id.value]?.pool = pool.pool }
            }
            return groups.values.sorted { ($0.used, $1.name) > ($1.used, $0.name) } + [total]
        }
    }
}
