internal import MailMessage

extension DirectoryTransaction {
    @discardableResult
    package func addDomain(_ name: MailDomain) throws -> DomainID {
        guard try domainID(name.name) == nil else { throw StoreError.exists("domain \(name)") }
        let id = DomainID(try nextID())
        try database("INSERT INTO domain (id, name, created_at) VALUES ($1, $2, $3)").run(id, name.name, now)
        try record("domain add", name.name)
        return id
    }

    /// Refused while it has addresses.
    package func removeDomain(_ name: MailDomain) throws {
        let id = try domain(name)
        let addresses = try database("SELECT count(*) FROM address WHERE domain_id = $1").number(id) ?? 0
        guard addresses == 0 else { throw StoreError.notPermitted("domain \(name) has \(addresses) addresses") }
        try database("DELETE FROM domain WHERE id = $1").run(id)
        try record("domain remove", name.name)
    }

    /// Who reads postmaster@ of a domain; nil = the oldest account of the store.
    package func setPostmaster(_ account: AccountID?, of name: MailDomain) throws {
        let id = try domain(name)
        if let account { _ = try liveAccount(account) }
        let before = try database("SELECT postmaster_account_id FROM domain WHERE id = $1").number(id) ?? 0
        try database("UPDATE domain SET postmaster_account_id = $1 WHERE id = $2").run(account?.value ?? 0, id)
        try record("domain postmaster", name.name, String(before), String(account?.value ?? 0))
    }

    package func addClass(_ name: ClassName, quota: QuotaRule? = nil) throws {
        guard try database("SELECT id FROM account_class WHERE name = $1").number(name.text) == nil else {
            throw StoreError.exists("class \(name)")
        }
        try database("INSERT INTO account_class (id, name, created_at) VALUES ($1, $2, $3)").run(
            try nextID(), name.text, now)
        try record("class add", name.text)
        if let quota { try setQuota(quota, for: .accountClass(name)) }
    }

    /// Refused while accounts are in it.
    package func removeClass(_ name: ClassName) throws {
        let id = try classID(name)
        try refuseIfUsed(
            "class \(name)",
            by: try database(
                """
                SELECT count(*) FROM account a WHERE a.status <> 2 AND (a.class_id = $1 OR EXISTS
                  (SELECT 1 FROM further_class f WHERE f.account_id = a.id AND f.class_id = $1))
                """
            ).number(id))
        try database("UPDATE account SET class_id = 0 WHERE class_id = $1").run(id)
        try database("DELETE FROM further_class WHERE class_id = $1").run(id)
        try removeQuotas(QuotaScope.classCode, id)
        try removeRetention(QuotaScope.classCode, id)
        try removeFeatures(QuotaScope.classCode, id)
        try removeSendingRule(ofClass: id)
        try database("DELETE FROM account_class WHERE id = $1").run(id)
        try record("class remove", name.text)
    }

    @discardableResult
    package func addOrganisation(
        _ name: OrganisationName, title: String = "", contact: String = "", quota: QuotaRule? = nil
    ) throws -> OrganisationID {
        guard try database("SELECT id FROM organisation WHERE name = $1").number(name.text) == nil else {
            throw StoreError.exists("organisation \(name)")
        }
        let id = OrganisationID(try nextID())
        try database("INSERT INTO organisation (id, name, title, contact, created_at) VALUES ($1, $2, $3, $4, $5)")
            .run(
                id, name.text, try DirectoryText.checked(title, "the title"),
                try DirectoryText.checked(contact, "the contact"), now)
        try record("org add", name.text, "", title)
        if let quota { try setQuota(quota, for: .organisation(name)) }
        return id
    }

    package func updateOrganisation(_ name: OrganisationName, title: String? = nil, contact: String? = nil) throws {
        let id = try organisationID(name)
        let before = try organisation(name)
        let newTitle = try DirectoryText.checked(title ?? before?.title ?? "", "the title")
        let newContact = try DirectoryText.checked(contact ?? before?.contact ?? "", "the contact")
        guard newTitle != before?.title || newContact != before?.contact else { return }
        try database("UPDATE organisation SET title = $1, contact = $2 WHERE id = $3").run(newTitle, newContact, id)
        try record("org set", name.text, "\(before?.title ?? "") \(before?.contact ?? "")", "\(newTitle) \(newContact)")
    }

    /// Refused while accounts are in it.
    package func removeOrganisation(_ name: OrganisationName) throws {
        let id = try organisationID(name)
        try refuseIfUsed(
            "organisation \(name)",
            by: try database("SELECT count(*) FROM account WHERE organisation_id = $1 AND status <> 2").number(id))
        try database("UPDATE account SET organisation_id = 0 WHERE organisation_id = $1").run(id)
        try removeQuotas(QuotaScope.organisationCode, id)
        try removeRetention(QuotaScope.organisationCode, id)
        try removeFeatures(QuotaScope.organisationCode, id)
        try revokeRoles(ofOrganisation: id)
        try database("DELETE FROM share WHERE kind = 2 AND grantee_id = $1").run(id)
        try database("DELETE FROM organisation WHERE id = $1").run(id)
        try record("org remove", name.text)
    }

    func domain(_ name: MailDomain) throws -> DomainID {
        guard let id = try domainID(name.name) else { throw StoreError.notFound("domain \(name)") }
        return id
    }

    private func refuseIfUsed(_ what: String, by count: Int64?) throws {
        guard let count, count > 0 else { return }
        throw StoreError.notPermitted("\(what) has \(count) accounts")
    }
}

/// Text a person may choose freely: no control characters, a length that fits every list.
enum DirectoryText {
    static let maximumLength = 500

    /// `what`: the field, as the person who has to mend it knows it.
    static func checked(_ text: String, _ what: String) throws -> String {
        guard text.utf8.count <= maximumLength else {
            throw StoreError.invalid("\(what) is longer than \(maximumLength) bytes")
        }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }) else {
            throw StoreError.invalid("\(what) has control characters")
        }
        return text
    }

    /// Text of several lines, which end with LF.
    static func lines(_ text: String, atMost limit: Int, _ what: String) throws -> String {
        let lines = text.replacing("\r\n", with: "\n")
        guard lines.utf8.count <= limit else { throw StoreError.invalid("\(what) is longer than \(limit) bytes") }
        let isClean = lines.unicodeScalars.allSatisfy {
            $0 == "\n" || $0 == "\t" || $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value)
        }
        guard isClean else { throw StoreError.invalid("\(what) has control characters") }
        return lines
    }
}
