internal import MailMessage

extension DirectoryReader {
    /// Empty for most; nothing for accounts that are suspended or removed.
    package func roles(of id: AccountID) throws -> Roles {
        var roles = Roles()
        guard let entry = try account(id), entry.status.receivesMail else { return roles }
        for role in try grantedRoles(of: id) { roles.add(role) }
        return roles
    }

    /// Sorted by address. Those of suspended accounts too: they count again when the account does.
    package func roleGrants() throws -> [RoleGrant] {
        var rows: [(id: AccountID, role: Role, by: String, at: EpochSeconds)] = []
        try database(
            """
            SELECT g.account_id, g.role, coalesce(o.name, ''), g.granted_by, g.granted_at FROM role_grant g
              LEFT JOIN organisation o ON o.id = g.organisation_id ORDER BY g.account_id, g.role, o.name
            """
        ).each { row in
            guard let role = Self.role(row.text(1), row.text(2)) else { return }
            rows.append((AccountID(row.int64(0)), role, row.text(3), row.int64(4)))
        }
        let grants = try rows.compactMap { row -> RoleGrant? in
            guard let entry = try account(row.id) else { return nil }
            return RoleGrant(
                account: row.id, address: entry.address, isInForce: entry.status.receivesMail, role: row.role,
                grantedBy: row.by, grantedAt: row.at)
        }
        return grants.sorted { ($0.address.description, "\($0.role)") < ($1.address.description, "\($1.role)") }
    }

    /// Whether it counts now or not: accounts with a role are the operators' affair.
    package func hasRole(_ id: AccountID) throws -> Bool {
        try database("SELECT 1 FROM role_grant WHERE account_id = $1 LIMIT 1").number(id) != nil
    }

    fileprivate func grantedRoles(of id: AccountID) throws -> [Role] {
        var roles: [Role] = []
        try database(
            """
            SELECT g.role, coalesce(o.name, '') FROM role_grant g
              LEFT JOIN organisation o ON o.id = g.organisation_id WHERE g.account_id = $1
            """
        ).each(id) { row in if let role = Self.role(row.text(0), row.text(1)) { roles.append(role) } }
        return roles
    }

    /// Nil for a role that this version does not know: it allows nothing.
    private static func role(_ word: String, _ organisation: String) -> Role? {
        switch word {
        case "operator": .operator
        case "helpdesk" where !organisation.isEmpty: .helpdesk(OrganisationName(stored: organisation))
        default: nil
        }
    }
}

extension DirectoryTransaction {
    /// False when it was there already.
    package func grant(_ role: Role, to id: AccountID) throws -> Bool {
        _ = try liveAccount(id)
        let organisation = try role.organisation.map { try organisationID($0) } ?? 0
        let made = try database(
            """
            INSERT INTO role_grant (account_id, role, organisation_id, granted_by, granted_at)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id, role, organisation_id) DO NOTHING
            """
        ).run(id, role.word, organisation, actor.name, now)
        guard made > 0 else { return false }
        try touch(id, "role grant", "", role.description)
        return true
    }

    /// False when it was not there.
    package func revoke(_ role: Role, from id: AccountID) throws -> Bool {
        let organisation = try role.organisation.map { try organisationID($0) } ?? 0
        let gone = try database(
            "DELETE FROM role_grant WHERE account_id = $1 AND role = $2 AND organisation_id = $3"
        ).run(id, role.word, organisation)
        guard gone > 0 else { return false }
        try touch(id, "role revoke", role.description, "")
        return true
    }

    /// All of them, such as when the account is removed. Returns how many went.
    @discardableResult
    package func revokeRoles(from id: AccountID) throws -> Int {
        let roles = try grantedRoles(of: id)
        for role in roles { _ = try revoke(role, from: id) }
        try database("DELETE FROM role_grant WHERE account_id = $1").run(id)
        return roles.count
    }

    func revokeRoles(ofOrganisation id: Int64) throws {
        var accounts: [AccountID] = []
        try database("SELECT account_id FROM role_grant WHERE organisation_id = $1").each(id) {
            accounts.append(AccountID($0.int64(0)))
        }
        try database("DELETE FROM role_grant WHERE organisation_id = $1").run(id)
        for account in accounts { try touch(account, "role revoke", "helpdesk", "") }
    }
}

extension Directory {
    /// Always from the database: a role that was taken away is gone at the next request.
    package func roles(of id: AccountID) async throws(StoreError) -> Roles { try await read { try $0.roles(of: id) } }
}
