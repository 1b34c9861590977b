package import MailMessage

extension AccountReader {
    /// The access control list of a mailbox, its owner not included.
    package func grants(on mailbox: MailboxID) throws -> [Grant] {
        var grants: [Grant] = []
        try database(
            """
            SELECT kind, grantee_id, is_negative, rights FROM mailbox_grant WHERE account_id=$1 AND mailbox_id=$2
            ORDER BY kind, grantee_id, is_negative
            """
        ).each(account, mailbox) { row in
            guard let grantee = Grantee(kind: row.int64(0), id: row.int64(1)) else { return }
            grants.append(Grant(grantee, isNegative: row.int64(2) != 0, MailboxRights(rawValue: row.int64(3))))
        }
        return grants
    }

    /// What somebody else may do with a mailbox.
    package func rights(of viewer: Viewer, on mailbox: MailboxID) throws -> MailboxRights {
        var sum = RightsSum()
        try database(
            """
            SELECT is_negative, rights FROM mailbox_grant WHERE account_id=$1 AND mailbox_id=$2
              AND ((kind=1 AND grantee_id=$3) OR (kind=2 AND grantee_id=$4))
            """
        ).each(account, mailbox, viewer.account, viewer.organisation?.value ?? 0) { row in
            sum.add(MailboxRights(rawValue: row.int64(1)), isNegative: row.int64(0) != 0)
        }
        return sum.rights
    }

    /// The same for every mailbox on which there is any right.
    package func rights(of viewer: Viewer) throws -> [MailboxID: MailboxRights] {
        var sums: [MailboxID: RightsSum] = [:]
        try database(
            """
            SELECT mailbox_id, is_negative, rights FROM mailbox_grant WHERE account_id=$1
              AND ((kind=1 AND grantee_id=$2) OR (kind=2 AND grantee_id=$3))
            """
        ).each(account, viewer.account, viewer.organisation?.value ?? 0) { row in
            sums[MailboxID(row.int64(0)), default: RightsSum()]
                .add(MailboxRights(rawValue: row.int64(2)), isNegative: row.int64(1) != 0)
        }
        return sums.mapValues(\.rights).filter { !$0.value.isEmpty }
    }

    /// Whoever is given anything, now or when a deleted mailbox comes back.
    package func grantees() throws -> Set<Grantee> {
        var found: Set<Grantee> = []
        try database(
            """
            SELECT kind, grantee_id FROM mailbox_grant WHERE account_id=$1 AND is_negative=0
            UNION SELECT kind, grantee_id FROM former_grant WHERE account_id=$1 AND is_negative=0
            """
        ).each(account) { row in
            if let grantee = Grantee(kind: row.int64(0), id: row.int64(1)) { found.insert(grantee) }
        }
        return found
    }
}

extension AccountTransaction {
    /// Entries of one mailbox's list; a group is one entry.
    package static let grantLimit = 1_000

    /// Changes one entry; one without rights goes away. Returns it before and after.
    @discardableResult
    package func change(
        _ change: GrantChange, on mailbox: MailboxID
    ) throws -> (before: MailboxRights, after: MailboxRights) {
        let grants = try grants(on: mailbox)
        let known = grants.first { $0.grantee == change.grantee && $0.isNegative == change.isNegative }
        let before = known?.rights ?? []
        let after = change.mode.apply(change.rights, to: before)
        guard before != after else { return (before, after) }
        guard known != nil || grants.count < Self.grantLimit else {
            throw StoreError.notPermitted("The mailbox is shared with too many")
        }
        _ = try open()
        try database(
            """
            DELETE FROM mailbox_grant WHERE account_id=$1 AND mailbox_id=$2 AND kind=$3 AND grantee_id=$4
              AND is_negative=$5
            """
        ).run(account, mailbox, change.grantee.kind, change.grantee.id, change.isNegative)
        if !after.isEmpty { try insert(Grant(change.grantee, isNegative: change.isNegative, after), on: mailbox) }
        return (before, after)
    }

    private func insert(_ grant: Grant, on mailbox: MailboxID) throws {
        try database(
            """
            INSERT INTO mailbox_grant (account_id, mailbox_id, kind, grantee_id, is_negative, rights)
            VALUES ($1, $2, $3, $4, $5, $6)
            """
        ).run(account, mailbox, grant.grantee.kind, grant.grantee.id, grant.isNegative, grant.rights.rawValue)
    }

    /// RFC 4314 §4: a new mailbox inherits the list of the one above it.
    func inheritGrants(_ mailbox: MailboxID, from parent: MailboxID) throws {
        guard parent != .none else { return }
        try database(
            """
            INSERT INTO mailbox_grant (account_id, mailbox_id, kind, grantee_id, is_negative, rights)
            SELECT account_id, $1, kind, grantee_id, is_negative, rights FROM mailbox_grant
            WHERE account_id=$2 AND mailbox_id=$3
            """
        ).run(mailbox, account, parent)
    }

    func deleteGrants(on mailbox: MailboxID) throws {
        try database("DELETE FROM mailbox_grant WHERE account_id=$1 AND mailbox_id=$2").run(account, mailbox)
    }
}
