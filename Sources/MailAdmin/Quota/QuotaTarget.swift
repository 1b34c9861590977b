import MailMessage
package import MailStore

/// Whose limit is looked at or set.
package enum QuotaTarget: Sendable {
    case accounts([AccountEntry])
    case organisation(OrganisationName)
    case accountClass(ClassName)
    case standard
}

/// Whom a list of quotas shows.
package struct QuotaSelection: Sendable {
    package var organisation: OrganisationName?
    package var accountClass: ClassName?
    /// At least so many hundredths of the limit are used.
    package var least: Int64?
    /// So many of those who use most of their limit, the fullest first.
    package var top: Int?

    package init() {}
}

extension Administration {
    /// From hints: some 40 ms for 20,000 accounts, and then only whoever is shown.
    package func quotas(of selection: QuotaSelection) async throws(AdminError) -> [AccountEntry] {
        try await requireGroups(selection.organisation, selection.accountClass)
        return try await reading { reader in
            guard selection.least != nil || selection.top != nil else {
                return try reader.accounts(matching: selection.filter)
            }
            var facts: [AccountUsageFacts] = []
            try reader.eachUsage { if $0.percent >= selection.least ?? 0 { facts.append($0) } }
            facts.sort { ($0.percent, $0.bytesUsed) > ($1.percent, $1.bytesUsed) }
            var entries: [AccountEntry] = []
            for fact in facts {
                guard entries.count < selection.top ?? .max else { break }
                guard let entry = try reader.account(fact.id), selection.filter.admits(entry) else { continue }
                entries.append(entry)
            }
            return entries
        }
    }
}

extension QuotaSelection {
    fileprivate var filter: AccountFilter { AccountFilter(organisation: organisation, accountClass: accountClass) }
}

extension AccountEntry {
    /// Hundredths of the limit in use, rounded down.
    package var percentUsed: Int64 { AccountUsageFacts.percent(of: hints.bytesUsed, quota.bytes) }
}
