package import MailMessage

extension DirectoryReader {
    /// Sorted by name.
    package func domains() throws -> [DomainEntry] {
        var entries: [DomainEntry] = []
        try database(
            """
            SELECT d.id, d.name, d.postmaster_account_id, d.created_at,
              (SELECT count(*) FROM address a WHERE a.domain_id = d.id) FROM domain d ORDER BY d.name
            """
        ).each { row in
            let postmaster = row.int64(2)
            entries.append(
                DomainEntry(
                    id: DomainID(row.int64(0)), name: MailDomain(stored: row.text(1)),
                    postmaster: postmaster == 0 ? nil : AccountID(postmaster), createdAt: row.int64(3),
                    addresses: row.int(4)))
        }
        return entries
    }

    package func organisations() throws -> [OrganisationEntry] {
        var entries: [OrganisationEntry] = []
        try database(
            """
            SELECT o.id, o.name, o.title, o.contact, o.created_at, o.pool_bytes,
              (SELECT count(*) FROM account a WHERE a.organisation_id = o.id AND a.status <> 2)
            FROM organisation o ORDER BY o.name
            """
        ).each { row in
            let name = OrganisationName(stored: row.text(1))
            entries.append(
                OrganisationEntry(
                    id: OrganisationID(row.int64(0)), name: name, title: row.text(2), contact: row.text(3),
                    quota: try quotaRule(of: .organisation(name)), pool: row.isNull(5) ? nil : row.int64(5),
                    accounts: row.int(6), createdAt: row.int64(4)))
        }
        return entries
    }

    package func organisation(_ name: OrganisationName) throws -> OrganisationEntry? {
        try organisations().first { $0.name == name }
    }

    package func classes() throws -> [ClassEntry] {
        var entries: [ClassEntry] = []
        try database(
            """
            SELECT k.name, (SELECT count(*) FROM account a WHERE a.class_id = k.id AND a.status <> 2)
            FROM account_class k ORDER BY k.name
            """
        ).each { row in
            let name = ClassName(stored: row.text(0))
            entries.append(
                ClassEntry(name: name, quota: try quotaRule(of: .accountClass(name)), accounts: row.int(1)))
        }
        return entries
    }

    /// Oldest first, from `moment` on.
    package func audit(since moment: EpochSeconds = 0, _ body: (AuditEntry) throws -> Void) throws {
        try database(
            """
            SELECT at, actor, uid, tool, action, object, before, after, reason FROM audit WHERE at >= $1 ORDER BY id
            """
        ).each(moment) { row in try body(AuditEntry(row)) }
    }

    /// About one thing alone, the newest first.
    package func audit(of object: String, limit: Int) throws -> [AuditEntry] {
        var entries: [AuditEntry] = []
        try database(
            """
            SELECT at, actor, uid, tool, action, object, before, after, reason FROM audit WHERE object = $1
            ORDER BY id DESC LIMIT $2
            """
        ).each(object, limit) { row in entries.append(AuditEntry(row)) }
        return entries
    }

    func organisationID(_ name: OrganisationName) throws -> Int64 {
        let id = try database("SELECT id FROM organisation WHERE name = $1").number(name.text)
        guard let id else { throw StoreError.notFound("organisation \(name)") }
        return id
    }

    func classID(_ name: ClassName) throws -> Int64 {
        let id = try database("SELECT id FROM account_class WHERE name = $1").number(name.text)
        guard let id else { throw StoreError.notFound("class \(name)") }
        return id
    }
}

extension AuditEntry {
    fileprivate init(_ row: borrowing Row) {
        let uid = row.int64(2)
        at = row.int64(0)
        actor = AuditActor(name: row.text(1), uid: uid < 0 ? nil : uid, tool: row.text(3), reason: row.text(8))
        (action, object, before, after) = (row.text(4), row.text(5), row.text(6), row.text(7))
    }
}
