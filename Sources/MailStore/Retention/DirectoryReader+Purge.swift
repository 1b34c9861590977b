package import MailMessage

/// An account that may have something due, and all that decides about it.
package struct PurgeCandidate: Sendable {
    package let id: AccountID
    package let address: EmailAddress
    package let organisation: OrganisationName?
    package let retention: EffectiveRetention
    package let expiry: ExpiryHints
    package let messages: Int64
    package let createdAt: EpochSeconds
}

/// What is looked for in the hints: an account with something older in the trash, in Junk, or past its time to be
/// restored. Nil: not looked for.
package struct PurgeHorizon: Sendable, Equatable {
    package var trash: EpochSeconds?
    package var junk: EpochSeconds?
    package var reclaim: EpochSeconds?
    /// Every account, whatever its hints.
    package var isEveryone = false

    package init() {}
}

/// The store as the hints add it up, without removed accounts.
package struct StoreSum: Sendable, Equatable {
    package let accounts: Int64
    package let messages: Int64
    package let bytes: Int64
}

extension DirectoryReader {
    /// The shortest period of all accounts, for the horizon of a run that asks for no other.
    package func shortestRetention() throws -> (trash: Int64?, junk: Int64?) {
        let table = try RetentionTable(self)
        return (
            table.shortest(\.trash, standard: EffectiveRetention.standardTrash),
            table.shortest(\.junk, standard: EffectiveRetention.standardJunk)
        )
    }

    /// In the order of their numbers. Removed accounts are left alone: their mail waits for their return.
    package func purgeCandidates(within horizon: PurgeHorizon) throws -> [PurgeCandidate] {
        try candidates(within: horizon, try RetentionTable(self), from: 1, through: .max)
    }

    /// One of them, whatever its hints; nil when the account is removed.
    package func purgeCandidate(_ id: AccountID) throws -> PurgeCandidate? {
        var horizon = PurgeHorizon()
        horizon.isEveryone = true
        return try candidates(
            within: horizon, try RetentionTable(self, of: id), from: id.value, through: id.value
        ).first
    }

    private func candidates(
        within horizon: PurgeHorizon, _ table: RetentionTable, from first: Int64, through last: Int64
    ) throws -> [PurgeCandidate] {
        let further = try furtherClasses(from: first, through: last)
        var found: [PurgeCandidate] = []
        try database(
            """
            SELECT a.id, a.address, coalesce(o.name, ''), a.organisation_id, a.class_id, a.imported_at,
              coalesce(h.expire_after, 0), coalesce(h.junk_after, 0), coalesce(h.reclaim_after, 0),
              coalesce(h.message_count, 0), a.created_at
            FROM account a LEFT JOIN account_hint h ON h.account_id = a.id
              LEFT JOIN organisation o ON o.id = a.organisation_id
            WHERE a.id BETWEEN $1 AND $2 AND a.status <> 2 AND ($3 = 1 OR a.id IN (
              SELECT account_id FROM account_hint WHERE expire_after > 0 AND expire_after <= $4 UNION
              SELECT account_id FROM account_hint WHERE junk_after > 0 AND junk_after <= $5 UNION
              SELECT account_id FROM account_hint WHERE reclaim_after > 0 AND reclaim_after <= $6))
            ORDER BY a.id
            """
        ).each(first, last, horizon.isEveryone, horizon.trash ?? 0, horizon.junk ?? 0, horizon.reclaim ?? 0) { row in
            let organisation = row.text(2)
            found.append(
                PurgeCandidate(
                    id: AccountID(row.int64(0)), address: try storedAddress(row.text(1)),
                    organisation: organisation.isEmpty ? nil : OrganisationName(stored: organisation),
                    retention: table.effective(
                        account: row.int64(0), organisation: row.int64(3),
                        classes: [row.int64(4)] + (further[row.int64(0)] ?? []).map(\.id), importedAt: row.int64(5)),
                    expiry: ExpiryHints(row, from: 6), messages: row.int64(9),
                    createdAt: row.int64(10)))
        }
        return found
    }

    package func storeSum() throws -> StoreSum {
        try database(
            """
            SELECT count(*), coalesce(sum(h.message_count), 0), coalesce(sum(h.bytes_used), 0)
            FROM account a LEFT JOIN account_hint h ON h.account_id = a.id WHERE a.status <> 2
            """
        ).first { StoreSum(accounts: $0.int64(0), messages: $0.int64(1), bytes: $0.int64(2)) }
            ?? StoreSum(accounts: 0, messages: 0, bytes: 0)
    }

    package func createdAt() throws -> EpochSeconds {
        try database("SELECT created_at FROM directory_state WHERE id = 1").number() ?? 0
    }
}

extension DirectoryTransaction {
    /// A mark for the next run, without a line in the audit trail: the receipt tells of the run.
    package func setMark(_ name: String, _ value: String) throws {
        try database("INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2")
            .run(name, value)
    }

    /// The receipt of what a tool has done to mail.
    package func recordReceipt(_ action: String, _ object: String, _ before: String, _ after: String) throws {
        try record(action, object, before, after)
    }
}
