internal import MailMessage

/// What one account can see of others, as far as the directory knows.
package struct SharedAccess: Sendable, Equatable {
    package let viewer: Viewer
    /// Those who may have something for the viewer, by their login names.
    package let owners: [Owner]

    package struct Owner: Sendable, Equatable {
        package let id: AccountID
        package let login: LoginName
    }

    package func owner(_ id: AccountID) -> Owner? { owners.first { $0.id == id } }
}

extension DirectoryReader {
    package func sharedAccess(of account: AccountID) throws -> SharedAccess {
        let organisation = try database("SELECT organisation_id FROM account WHERE id = $1").number(account) ?? 0
        var owners: [SharedAccess.Owner] = []
        try database(
            """
            SELECT DISTINCT a.id, a.login FROM share s JOIN account a ON a.id = s.owner_id
            WHERE a.status <> 2 AND a.id <> $1
              AND ((s.kind = 1 AND s.grantee_id = $1) OR (s.kind = 2 AND s.grantee_id = $2)) ORDER BY a.login
            """
        ).each(account, organisation) { row in
            owners.append(.init(id: AccountID(row.int64(0)), login: LoginName(stored: row.text(1))))
        }
        let viewer = Viewer(
            account: account, organisation: organisation == 0 ? nil : OrganisationID(organisation))
        return SharedAccess(viewer: viewer, owners: owners)
    }

    /// What lists call a grantee: a login, or `$` and an organisation. `#` and the id when it is no longer there.
    package func name(of grantee: Grantee) throws -> String {
        switch grantee {
        case .account(let id):
            return try database("SELECT login FROM account WHERE id = $1").text(id) ?? "#\(id)"
        case .organisation(let id):
            return try database("SELECT name FROM organisation WHERE id = $1").text(id).map { "$" + $0 } ?? "#$\(id)"
        }
    }

    package func isThere(_ grantee: Grantee) throws -> Bool {
        switch grantee {
        case .account(let id): try account(id).map { $0.status != .removed } ?? false
        case .organisation(let id):
            try database("SELECT count(*) FROM organisation WHERE id = $1").number(id) == 1
        }
    }

    /// `$name`, or what `account(login:)` takes.
    package func grantee(named name: String) throws -> Grantee? {
        guard name.first == "$" else { return try account(login: name).map { .account($0.id) } }
        guard let organisation = OrganisationName(String(name.dropFirst())) else { return nil }
        return try database("SELECT id FROM organisation WHERE name = $1").number(organisation.text)
            .map { .organisation(OrganisationID($0)) }
    }

    /// Those whom the hints name, for an owner.
    func sharedWith(_ owner: AccountID) throws -> Set<Grantee> {
        var found: Set<Grantee> = []
        try database("SELECT kind, grantee_id FROM share WHERE owner_id = $1").each(owner) { row in
            if let grantee = Grantee(kind: row.int64(0), id: row.int64(1)) { found.insert(grantee) }
        }
        return found
    }

    /// Accounts that share something.
    package func sharingOwners() throws -> [AccountID] {
        var owners: [AccountID] = []
        try database("SELECT DISTINCT owner_id FROM share ORDER BY owner_id").each {
            owners.append(AccountID($0.int64(0)))
        }
        return owners
    }

    package func maySend(_ account: AccountID, as owner: AccountID) throws -> Bool {
        try database("SELECT 1 FROM send_as WHERE owner_id = $1 AND grantee_id = $2").number(owner, account) != nil
    }

    /// Whose addresses an account may send with, beside its own.
    package func sendAs() throws -> [(owner: AccountID, grantee: AccountID)] {
        var found: [(owner: AccountID, grantee: AccountID)] = []
        try database("SELECT owner_id, grantee_id FROM send_as ORDER BY owner_id, grantee_id").each { row in
            found.append((AccountID(row.int64(0)), AccountID(row.int64(1))))
        }
        return found
    }
}

extension DirectoryTransaction {
    func noteShare(of owner: AccountID, with grantee: Grantee) throws {
        try database(
            "INSERT INTO share (kind, grantee_id, owner_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
        ).run(grantee.kind, grantee.id, owner)
    }

    func forgetShare(of owner: AccountID, with grantee: Grantee) throws {
        try database("DELETE FROM share WHERE kind = $1 AND grantee_id = $2 AND owner_id = $3")
            .run(grantee.kind, grantee.id, owner)
    }

    /// True when that is a change.
    @discardableResult
    package func setSendAs(_ owner: AccountID, by grantee: AccountID, _ isAllowed: Bool) throws -> Bool {
        guard try maySend(grantee, as: owner) != isAllowed else { return false }
        let (from, to) = (try name(of: .account(owner)), try name(of: .account(grantee)))
        if isAllowed {
            try database("INSERT INTO send_as (owner_id, grantee_id, created_at) VALUES ($1, $2, $3)")
                .run(owner, grantee, now)
            try record("send-as add", from, "", to)
        } else {
            try database("DELETE FROM send_as WHERE owner_id = $1 AND grantee_id = $2").run(owner, grantee)
            try record("send-as remove", from, to, "")
        }
        return true
    }

    /// With the account itself.
    func forgetShares(of account: AccountID) throws {
        try database("DELETE FROM share WHERE owner_id = $1 OR (kind = 1 AND grantee_id = $1)").run(account)
        try database("DELETE FROM send_as WHERE owner_id = $1 OR grantee_id = $1").run(account)
    }
}
