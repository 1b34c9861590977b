import MailMessage
import MailStore

/// What a list would come to, line by line.
package struct BulkCheck: Sendable {
    /// Rows against which nothing is to be said.
    package private(set) var good: [BulkRow] = []
    package private(set) var refusals: [BulkRefusal] = []
    package private(set) var report = BulkReport()

    fileprivate mutating func add(_ verdicts: [BulkVerdict]) {
        for verdict in verdicts {
            switch verdict {
            case .taken(let row, let outcome):
                good.append(row)
                report.count([outcome])
            case .refused(let row, let reason): refusals.append(BulkRefusal(line: row.line, reason: reason))
            }
        }
    }
}

private enum BulkVerdict {
    case taken(BulkRow, Outcome)
    case refused(BulkRow, String)
}

extension Administration {
    /// Tries the rows upon a copy of the directory: what the import itself would refuse is refused here, and nothing is changed.
    package func check(
        _ rows: [BulkRow], batch: Int, progress: (Int) -> Void = { _ in }
    ) async throws(AdminError) -> BulkCheck {
        let wrong = try await contradictions(rows)
        var check = BulkCheck()
        for (row, reasons) in zip(rows, wrong) { check.add(reasons.map { .refused(row, $0) }) }
        let possible = zip(rows, wrong).filter { $1.isEmpty }.map { $0.0 }
        let changed = try await changed(possible)
        let lines = Set(changed.map(\.line))
        check.add(possible.filter { !lines.contains($0.line) }.map { .taken($0, .unchanged) })
        progress(rows.count - changed.count)
        do {
            let rehearsal = try DirectoryRehearsal(of: store, by: actor)
            for start in stride(from: 0, to: changed.count, by: max(1, batch)) {
                let part = Array(changed[start..<min(changed.count, start + max(1, batch))])
                try rehearse(part, upon: rehearsal, &check)
                progress(part.count)
            }
        } catch { throw AdminError(error) }
        return check
    }

    /// What the rows say against each other, and names nobody has made: told in words of the list.
    private func contradictions(_ rows: [BulkRow]) async throws(AdminError) -> [[String]] {
        try await reading { reader in
            let domains = Set(try reader.domains().map(\.name))
            let organisations = Set(try reader.organisations().map(\.name))
            let classes = Set(try reader.classes().map(\.name))
            var seen: [String: Int] = [:]
            return rows.map { row in
                let new = row.account
                var reasons: [String] = []
                if let before = seen.updateValue(row.line, forKey: LoginName(new.address).text) {
                    reasons.append("\(new.address) stands in line \(before) already")
                }
                if let domain = MailDomain(new.address), !domains.contains(domain) {
                    reasons.append("domain \(domain) is not ours")
                }
                if let name = new.organisation, !organisations.contains(name) { reasons.append("no org \"\(name)\"") }
                if let name = new.accountClass, !classes.contains(name) { reasons.append("no class \"\(name)\"") }
                return reasons
            }
        }
    }

    /// Together; one by one where together they would be more than an organisation's pool has.
    private func rehearse(_ rows: [BulkRow], upon rehearsal: DirectoryRehearsal, _ check: inout BulkCheck) throws {
        do {
            check.add(try rehearsal.attempt { transaction in try rows.map { try Self.judge($0, transaction) } })
        } catch let error as StoreError where error.isOfOneRow {
            for row in rows { check.add([try Self.judge(row, upon: rehearsal)]) }
        }
    }

    private static func judge(_ row: BulkRow, _ transaction: DirectoryTransaction) throws -> BulkVerdict {
        do { return .taken(row, try transaction.attempt { try transaction.apply(row).outcome }) } catch let error
            as StoreError where error.isOfOneRow
        {
            return .refused(row, error.words)
        }
    }

    private static func judge(_ row: BulkRow, upon rehearsal: DirectoryRehearsal) throws -> BulkVerdict {
        do { return .taken(row, try rehearsal.attempt { try $0.apply(row).outcome }) } catch let error as StoreError
            where error.isOfOneRow
        {
            return .refused(row, error.words)
        }
    }
}
