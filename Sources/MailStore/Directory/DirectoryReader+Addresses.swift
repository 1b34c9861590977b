package import MailMessage

/// Whose an address is.
struct AddressOwner {
    var account: AccountID?
    var alias: AliasID?
}

extension DirectoryReader {
    package func isOurs(_ domain: MailDomain) throws -> Bool { try domainID(domain.name) != nil }

    /// Where mail for an address goes: exact address, then without its tag, aliases followed, postmaster always someone.
    package func resolve(_ address: EmailAddress) throws -> Resolution {
        let key = AddressKey(address)
        guard let domain = try domainID(key.domain) else { return .notLocal }
        let resolution = try resolution(of: try walk(from: key))
        guard key.withoutTag?.isPostmaster ?? key.isPostmaster else { return resolution }
        if case .accounts = resolution { return resolution }
        return try postmaster(of: domain)
    }

    /// `<postmaster>` without a domain: the first domain's.
    package func resolvePostmaster() throws -> Resolution {
        let first = try database("SELECT name FROM domain ORDER BY id LIMIT 1").text()
        guard let first, let address = EmailAddress(local: "postmaster", domain: first) else {
            return try postmaster(of: DomainID(0))
        }
        return try resolve(address)
    }

    /// The domain's configured postmaster, else the oldest account of the store that can receive.
    func postmaster(of domain: DomainID) throws -> Resolution {
        let configured = try database("SELECT postmaster_account_id FROM domain WHERE id = $1").number(domain) ?? 0
        for id in [configured, try oldestReceiver() ?? 0] where id > 0 {
            if let entry = try account(AccountID(id)), entry.status.receivesMail { return .accounts([entry]) }
        }
        return .unavailable
    }

    private func oldestReceiver() throws -> Int64? {
        try database(
            "SELECT id FROM account WHERE status = 0 AND (expires_at = 0 OR expires_at > $1) ORDER BY id LIMIT 1"
        ).number(now)
    }

    private func resolution(of walk: AliasWalk) throws -> Resolution {
        guard !walk.wentTooFar else { return .loop }
        guard !walk.leadsElsewhere else { return .notLocal }
        var receivers: [AccountEntry] = []
        var foundSuspended = false
        for id in walk.accounts {
            guard let entry = try account(id) else { continue }
            if entry.receivesMail { receivers.append(entry) } else { foundSuspended = true }
        }
        if !receivers.isEmpty { return .accounts(receivers) }
        if foundSuspended { return .suspended }
        return walk.onlyCircles ? .loop : .unknown
    }

    /// The account an address names or an alias reaches, when it is exactly one and nothing else.
    func soleAccount(behind key: AddressKey, tags: Bool = false) throws -> AccountID? {
        let walk = try walk(from: key, tags: tags)
        guard !walk.wentTooFar, !walk.leadsElsewhere, walk.accounts.count == 1 else { return nil }
        return walk.accounts.first
    }

    private func walk(from key: AddressKey, tags: Bool = true) throws -> AliasWalk {
        var walk = AliasWalk(from: key)
        while let step = walk.next() {
            guard try domainID(step.key.domain) != nil else {
                walk.foundElsewhere()
                continue
            }
            let owner = try tags ? tolerantOwner(of: step.key) : owner(of: step.key)
            if let account = owner?.account {
                walk.found(account)
            } else if let alias = owner?.alias {
                guard walk.enter(alias, at: step.depth) else { continue }
                try eachTarget(of: alias) { account, address in
                    if let account { walk.found(account) } else { walk.add(AddressKey(address), depth: step.depth + 1) }
                }
            } else {
                walk.foundNobody()
            }
        }
        return walk
    }

    private func eachTarget(of alias: AliasID, _ body: (AccountID?, EmailAddress) throws -> Void) throws {
        try database(
            """
            SELECT t.account_id, coalesce(a.address, t.address) FROM alias_target t
              LEFT JOIN account a ON a.id = t.account_id WHERE t.alias_id = $1 ORDER BY t.position
            """
        ).each(alias) { row in
            let account = row.int64(0)
            try body(account == 0 ? nil : AccountID(account), try storedAddress(row.text(1)))
        }
    }

    func owner(of key: AddressKey) throws -> AddressOwner? {
        try database("SELECT account_id, alias_id FROM address WHERE address = $1").first(key.text) { row in
            let (account, alias) = (row.int64(0), row.int64(1))
            return AddressOwner(
                account: account == 0 ? nil : AccountID(account), alias: alias == 0 ? nil : AliasID(alias))
        }
    }

    /// The exact address first, so that one with a plus in it may exist; then without its tag.
    func tolerantOwner(of key: AddressKey) throws -> AddressOwner? {
        if let exact = try owner(of: key) { return exact }
        guard let plain = key.withoutTag else { return nil }
        return try owner(of: plain)
    }

    func domainID(_ name: String) throws -> DomainID? {
        try database("SELECT id FROM domain WHERE name = $1").number(name).map(DomainID.init)
    }

    package func alias(_ address: EmailAddress) throws -> AliasEntry? {
        guard let id = try owner(of: AddressKey(address))?.alias else { return nil }
        return try database("SELECT id, written, created_at FROM alias WHERE id = $1").first(id) { row in
            try aliasEntry(row)
        }
    }

    /// In the order of their addresses.
    package func aliases(_ body: (AliasEntry) throws -> Void) throws {
        try database("SELECT id, written, created_at FROM alias ORDER BY address").each { row in
            try body(try aliasEntry(row))
        }
    }

    package func aliases() throws -> [AliasEntry] {
        var entries: [AliasEntry] = []
        try aliases { entries.append($0) }
        return entries
    }

    /// The aliases that name the account itself (not those that reach it through another alias).
    package func aliases(of account: AccountID) throws -> [EmailAddress] {
        var addresses: [EmailAddress] = []
        try database(
            """
            SELECT DISTINCT l.written FROM alias_target t JOIN alias l ON l.id = t.alias_id
            WHERE t.account_id = $1 ORDER BY l.written
            """
        ).each(account) { addresses.append(try storedAddress($0.text(0))) }
        return addresses
    }

    private func aliasEntry(_ row: borrowing Row) throws -> AliasEntry {
        var targets: [EmailAddress] = []
        try eachTarget(of: AliasID(row.int64(0))) { targets.append($1) }
        return AliasEntry(address: try storedAddress(row.text(1)), targets: targets, createdAt: row.int64(2))
    }
}
