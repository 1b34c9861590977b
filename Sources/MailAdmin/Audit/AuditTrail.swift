package import MailMessage
package import MailStore

/// A line of the audit trail as people read it.
package struct AuditLine: Sendable {
    package let entry: AuditEntry
    /// The present address of the account it is about; nil for other things, and for accounts that have gone for good.
    package let account: EmailAddress?
}

extension Administration {
    /// Oldest first, from `moment` on. With an account: what was done to it, and what names its address.
    package func audit(since moment: EpochSeconds, account: AccountEntry? = nil) async throws(AdminError) -> [AuditLine]
    {
        try await reading { reader in
            var lines: [AuditLine] = []
            var names = AccountNames(reader)
            try reader.audit(since: moment) { entry in
                guard account.map({ AuditFilter.concerns(entry, $0) }) ?? true else { return }
                lines.append(AuditLine(entry: entry, account: try names.address(in: entry.object)))
            }
            return lines
        }
    }

    /// Removed ones too: their lines stay.
    package func auditedAccount(_ name: String) async throws(AdminError) -> AccountEntry {
        do { return try await self.account(name) } catch {
            guard case .noSuch = error, let address = try await wholeAddress(name) else { throw error }
            let removed = try await accounts(matching: AccountFilter(status: .removed))
            guard let entry = removed.last(where: { $0.address == address }) else { throw error }
            return entry
        }
    }
}

enum AuditFilter {
    static func concerns(_ entry: AuditEntry, _ account: AccountEntry) -> Bool {
        entry.object == "account \(account.id)" || words(of: entry).contains(account.address.description.lowercased())
    }

    private static func words(of entry: AuditEntry) -> [String] {
        [entry.object, entry.before, entry.after].flatMap { text in
            text.split { " ,;".contains($0) }.map { $0.lowercased() }
        }
    }
}

/// The addresses of the accounts that lines are about, each looked up once.
private struct AccountNames {
    private let reader: DirectoryReader
    private var known: [Int64: EmailAddress?] = [:]

    init(_ reader: DirectoryReader) { self.reader = reader }

    mutating func address(in object: String) throws -> EmailAddress? {
        guard object.hasPrefix("account "), let id = Int64(object.dropFirst("account ".count)) else { return nil }
        if let found = known[id] { return found }
        let address = try reader.account(AccountID(id))?.address
        known[id] = .some(address)
        return address
    }
}
