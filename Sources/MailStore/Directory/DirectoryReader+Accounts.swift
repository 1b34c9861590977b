package import MailMessage

extension DirectoryReader {
    package func account(_ id: AccountID) throws -> AccountEntry? {
        var found: AccountEntry?
        try eachAccount(from: id.value, through: id.value) { found = $0 }
        return found
    }

    /// By short name, address, or alias that reaches exactly one account. Suspended accounts are found, removed ones not.
    package func account(login name: String) throws -> AccountEntry? {
        guard name.utf8.count <= Self.longestLogin else { return nil }
        if let login = LoginName(name), let id = try accountID(login: login) { return try account(id) }
        guard let address = try loginAddress(name), let id = try soleAccount(behind: AddressKey(address)) else {
            return nil
        }
        return try account(id)
    }

    package func account(address: EmailAddress) throws -> AccountEntry? {
        guard let owner = try owner(of: AddressKey(address)), let id = owner.account else { return nil }
        return try account(id)
    }

    /// In the order they were made. Removed accounts only when the filter asks for them.
    package func accounts(matching filter: AccountFilter, _ body: (AccountEntry) throws -> Void) throws {
        let matcher = filter.match.map(TextPattern.init)
        try eachAccount(from: 1, through: .max) { entry in
            guard filter.admits(entry), matcher.map({ $0.matches(entry) }) ?? true else { return }
            try body(entry)
        }
    }

    package func accounts(matching filter: AccountFilter = AccountFilter()) throws -> [AccountEntry] {
        var entries: [AccountEntry] = []
        try accounts(matching: filter) { entries.append($0) }
        return entries
    }

    /// All but the removed ones.
    package func accountCount() throws -> Int {
        try database("SELECT count(*) FROM account WHERE status <> 2").first { Int($0.int64(0)) } ?? 0
    }

    package func credential(of account: AccountID) throws -> Credential? {
        try database(
            """
            SELECT hash, changed_at, scram_iterations, scram_salt, scram_stored_key, scram_server_key
            FROM credential WHERE account_id = $1
            """
        ).first(account.value) { row in
            let scram = ScramKeys(
                salt: row.bytes(3), iterations: Int(row.int64(2)), storedKey: row.bytes(4), serverKey: row.bytes(5))
            let hash = row.text(0)
            return Credential(
                hash: hash.isEmpty ? nil : hash, scram: scram.iterations > 0 ? scram : nil, changedAt: row.int64(1))
        }
    }

    /// Longer names are nobody's: an address at its limits.
    static var longestLogin: Int { 64 + 1 + 255 }

    func accountID(login: LoginName) throws -> AccountID? {
        try database("SELECT id FROM account WHERE login = $1").first(login.text) { AccountID($0.int64(0)) }
    }

    /// A name without "@" means the local part as long as we have one domain only.
    func loginAddress(_ name: String) throws -> EmailAddress? {
        guard !name.utf8.contains(UInt8(ascii: "@")) else { return EmailAddress(name) }
        var names: [String] = []
        try database("SELECT name FROM domain LIMIT 2").each { names.append($0.text(0)) }
        guard names.count == 1, let domain = names.first else { return nil }
        return EmailAddress(local: name, domain: domain)
    }

    private func eachAccount(from first: Int64, through last: Int64, _ body: (AccountEntry) throws -> Void) throws {
        let further = try furtherClasses(from: first, through: last)
        try database(
            """
            SELECT a.id, a.login, a.address, a.name, coalesce(o.name, ''), coalesce(k.name, ''), a.status, a.reason,
              a.created_at, a.changed_at, a.expires_at, a.removed_at,
              CASE WHEN c.hash <> '' THEN 1 ELSE 0 END, a.organisation_id, a.class_id,
              h.bytes_used, h.message_count, h.expire_after, h.last_login_at,
              p.bytes, p.messages, t.bytes, t.messages, coalesce(t.until, 0), coalesce(t.reason, ''),
              coalesce(t.granted_by, ''), coalesce(t.is_grace, 0), a.language, a.expires_then,
              a.disabled_at, a.expiry_done, a.forward_to, a.forward_keeps, a.is_away
            FROM account a
              LEFT JOIN organisation o ON o.id = a.organisation_id
              LEFT JOIN account_class k ON k.id = a.class_id
              LEFT JOIN credential c ON c.account_id = a.id
              LEFT JOIN account_hint h ON h.account_id = a.id
              LEFT JOIN quota_rule p ON p.scope = 1 AND p.scope_id = a.id AND p.temporary = 0
              LEFT JOIN quota_rule t ON t.scope = 1 AND t.scope_id = a.id AND t.temporary = 1
            WHERE a.id BETWEEN $1 AND $2 ORDER BY a.id
            """
        ).each(first, last) { row in
            try body(entry(row, further: further[row.int64(0)] ?? []))
        }
    }

    private func entry(_ row: borrowing Row, further: [(id: Int64, name: String)]) throws -> AccountEntry {
        let organisation = row.text(4)
        let accountClass = row.text(5)
        let own = QuotaLevel(
            permanent: StoredQuota(row, bytes: 19, messages: 20), temporary: StoredQuota(row, bytes: 21, messages: 22),
            until: row.int64(23), reason: row.text(24), grantedBy: row.text(25), isGrace: row.bool(26))
        let language = row.text(27)
        return AccountEntry(
            id: AccountID(row.int64(0)), login: LoginName(stored: row.text(1)), address: try storedAddress(row.text(2)),
            name: row.text(3), organisation: organisation.isEmpty ? nil : OrganisationName(stored: organisation),
            accountClass: accountClass.isEmpty ? nil : ClassName(stored: accountClass),
            furtherClasses: further.map { ClassName(stored: $0.name) }, language: language.isEmpty ? nil : language,
            status: status(
                stored: row.int64(6), expiresAt: row.int64(10), isDisabled: row.int64(29) != 0,
                hasPassword: row.int64(12) == 1),
            quota: try levels(
                own: own, organisation: (row.int64(13), organisation),
                classes: [(row.int64(14), accountClass)] + further
            ).effective(at: now),
            createdAt: row.int64(8), changedAt: row.int64(9), expiresAt: Self.moment(row.int64(10)),
            expiresThen: ExpiryAction(rawValue: row.int64(28)), hasExpired: row.int64(30) != 0,
            disabledAt: Self.moment(row.int64(29)), removedAt: Self.moment(row.int64(11)), reason: row.text(7),
            forward: try forward(to: row.text(31), keepsCopy: row.bool(32)),
            isLeftBehind: !row.text(31).isEmpty
                && isLeftBehind(stored: row.int64(6), expiresAt: row.int64(10), then: row.int64(28)),
            isAway: row.bool(33),
            hints: AccountHints(
                bytesUsed: row.int64(15), messageCount: row.int64(16), expireAfter: Self.moment(row.int64(17)),
                lastLoginAt: Self.moment(row.int64(18))))
    }

    private func forward(to address: String, keepsCopy: Bool) throws -> Forward? {
        address.isEmpty ? nil : Forward(to: try storedAddress(address), keepsCopy: keepsCopy)
    }

    private func status(
        stored: Int64, expiresAt: EpochSeconds, isDisabled: Bool, hasPassword: Bool
    ) -> AccountStatus {
        switch StoredStatus(rawValue: stored) {
        case .removed: .removed
        case .suspended, nil: .suspended
        case .active where expiresAt > 0 && expiresAt <= now: .suspended
        case .active where isDisabled: .suspended
        case .active: hasPassword ? .active : .noPassword
        }
    }

    private func isLeftBehind(stored: Int64, expiresAt: EpochSeconds, then action: Int64) -> Bool {
        StoredStatus(rawValue: stored) == .active && expiresAt > 0 && expiresAt <= now
            && ExpiryAction(rawValue: action) == .forward
    }

    /// Zero stands for "never" in every column that holds a moment.
    static func moment(_ value: Int64) -> EpochSeconds? { value == 0 ? nil : value }

    func storedAddress(_ text: String) throws -> EmailAddress {
        guard let address = EmailAddress(text) else {
            throw StoreError.damaged(file: "directory.db", detail: "\"\(text)\" stands where an address belongs")
        }
        return address
    }
}

extension AccountFilter {
    package func admits(_ entry: AccountEntry) -> Bool {
        if let status {
            guard entry.status == status else { return false }
        } else if entry.status == .removed {
            return false
        }
        if let organisation { guard entry.organisation == organisation else { return false } }
        if let accountClass {
            guard entry.accountClass == accountClass || entry.furtherClasses.contains(accountClass) else {
                return false
            }
        }
        if let inactiveSince {
            guard max(entry.hints.lastLoginAt ?? 0, entry.createdAt) < inactiveSince else { return false }
        }
        return true
    }
}
