import MailIdentity
import MailMessage
package import MailStore

/// One account of a list: `address,login,name,org,class,quota,status,password_hash,aliases,expires_at,expires_then`.
package struct BulkRow: Sendable {
    package let line: Int
    package let account: NewAccount

    package init(line: Int, account: NewAccount) {
        self.line = line
        self.account = account
    }
}

/// A line that cannot be taken, and why.
package struct BulkRefusal: Error, Sendable, Equatable {
    package let line: Int
    package let reason: String

    package init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }
}

package struct BulkReport: Sendable, Equatable {
    package var created = 0
    package var updated = 0
    package var unchanged = 0
    package var failed = 0
    /// Accounts the list does not name; nil: nobody asked.
    package var pruned: Int?

    package init() {}
}

extension Administration {
    /// Makes the rows true, `batch` of them in each durable write. A batch with a bad row is taken row by row, so that only
    /// the bad one is left out.
    package func apply(
        _ rows: [BulkRow], batch: Int, progress: (Int) -> Void
    ) async throws(AdminError) -> (report: BulkReport, refusals: [BulkRefusal]) {
        var report = BulkReport()
        var refusals: [BulkRefusal] = []
        let changed = try await changed(rows)
        report.unchanged = rows.count - changed.count
        progress(report.unchanged)
        var rest = changed[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(max(1, batch)))
            rest = rest.dropFirst(part.count)
            do {
                report.count(try await apply(part))
            } catch .store(let error) where error.isOfOneRow {
                for row in part {
                    do { report.count(try await apply([row])) } catch .store(let error) where error.isOfOneRow {
                        report.failed += 1
                        refusals.append(BulkRefusal(line: row.line, reason: error.words))
                    }
                }
            }
            progress(part.count)
        }
        return (report, refusals)
    }

    /// What is true already needs no write: a list that has been imported is read again in a second.
    func changed(_ rows: [BulkRow]) async throws(AdminError) -> [BulkRow] {
        try await reading { reader in
            try rows.filter { row in
                guard let old = try reader.account(address: row.account.address) else { return true }
                return try !reader.agrees(old, with: row.account)
            }
        }
    }

    /// Whoever gets another hash is logged out of the pages, as after `mailctl password set`.
    private func apply(_ rows: [BulkRow]) async throws(AdminError) -> [Outcome] {
        let done = try await writing { transaction in try rows.map { try transaction.apply($0) } }
        do { try await store.web.shutOut(done.compactMap(\.shutOut)) } catch { throw .store(error) }
        return done.map(\.outcome)
    }
}

extension BulkReport {
    mutating func count(_ outcomes: [Outcome]) {
        for outcome in outcomes {
            switch outcome {
            case .created: created += 1
            case .updated, .changed, .removed: updated += 1
            case .unchanged: unchanged += 1
            }
        }
    }
}

extension StoreError {
    /// Something against what a row says; everything else is against the work itself.
    var isOfOneRow: Bool {
        switch self {
        case .exists, .invalid, .notFound, .noSuchAccount, .notPermitted, .overPool: true
        default: false
        }
    }
}

extension DirectoryTransaction {
    func apply(_ row: BulkRow) throws -> (outcome: Outcome, shutOut: AccountID?) {
        guard let old = try account(address: row.account.address) else {
            try addAccount(row.account)
            return (.created, nil)
        }
        let before = try credential(of: old.id)?.hash
        let changed = try update(old, to: row.account)
        let staysIn = try credential(of: old.id)?.hash == before && !row.account.suspended
        return (changed ? .updated : .unchanged, staysIn ? nil : old.id)
    }
}

extension DirectoryReader {
    /// An update to `new` would change nothing.
    fileprivate func agrees(_ old: AccountEntry, with new: NewAccount) throws -> Bool {
        guard old.isLike(new) else { return false }
        if let quota = new.quota, try (quotaRule(of: .account(old.id)) ?? QuotaRule()) != quota { return false }
        if let credential = new.credential, try self.credential(of: old.id)?.hash != credential.hash { return false }
        return try new.aliases.isEmpty || Set(aliases(of: old.id)).isSuperset(of: new.aliases)
    }
}

extension AccountEntry {
    fileprivate func isLike(_ new: NewAccount) -> Bool {
        (new.login == nil || new.login == login) && (new.name.isEmpty || new.name == name)
            && (new.organisation == nil || new.organisation == organisation)
            && (new.accountClass == nil || new.accountClass == accountClass)
            && (new.expiresAt == nil || new.expiresAt == expiresAt)
            && (new.expiresThen == nil || new.expiresThen == expiresThen) && (!new.suspended || status == .suspended)
    }
}
