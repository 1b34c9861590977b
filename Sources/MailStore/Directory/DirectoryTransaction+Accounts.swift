package import MailMessage

extension DirectoryTransaction {
    /// Makes the account; its database is made at its first use.
    @discardableResult
    package func addAccount(_ new: NewAccount) throws -> AccountID {
        let key = AddressKey(new.address)
        let domain = try ourDomain(of: key)
        try requireFree(key)
        let login = try freeLogin(new.login, for: key)
        let organisation = try new.organisation.map { try organisationID($0) } ?? 0
        let accountClass = try new.accountClass.map { try classID($0) } ?? 0
        try notePools()
        let id = AccountID(try nextID())
        try database(
            """
            INSERT INTO account (id, login, address, name, organisation_id, class_id, status, created_at, changed_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)
            """
        ).run(
            id, login.text, new.address.description, try DirectoryText.checked(new.name, "the name"), organisation,
            accountClass,
            (new.suspended ? StoredStatus.suspended : .active).rawValue, now, new.expiresAt ?? 0)
        try insertAddress(key, of: id, in: domain)
        for alias in new.aliases { try addAlias(alias, to: id) }
        if let quota = new.quota { try setQuota(quota, for: .account(id)) }
        if let credential = new.credential { try store(credential, of: id) }
        if let action = new.expiresThen { try setExpiryAction(action, of: liveAccount(id)) }
        try refuseRemovalAtOnce(id)
        try record("account add", "account \(id)", "", Self.summary(new, login))
        return id
    }

    package func updateAccount(
        _ id: AccountID, name: Change<String> = .keep, login: Change<LoginName> = .keep,
        organisation: Change<OrganisationName?> = .keep, accountClass: Change<ClassName?> = .keep,
        furtherClasses: Change<[ClassName]> = .keep, expiresAt: Change<EpochSeconds?> = .keep,
        expiresThen: Change<ExpiryAction?> = .keep
    ) throws {
        let before = try liveAccount(id)
        try notePools()
        if case .set(let value) = name, value != before.name {
            try database("UPDATE account SET name = $1 WHERE id = $2").run(
                try DirectoryText.checked(value, "the name"), id)
            try touch(id, "account name", before.name, value)
        }
        if case .set(let value) = login, value != before.login {
            let free = try freeLogin(value, for: AddressKey(before.address))
            try database("UPDATE account SET login = $1 WHERE id = $2").run(free.text, id)
            try touch(id, "account login", before.login.text, free.text)
            // Of whoever has this login the directory of persons has said nothing yet.
            try setDisabled(false, id)
        }
        if case .set(let value) = organisation, value != before.organisation {
            try database("UPDATE account SET organisation_id = $1 WHERE id = $2").run(
                try value.map { try organisationID($0) } ?? 0, id)
            try touch(id, "account org", before.organisation?.text ?? "none", value?.text ?? "none")
        }
        if case .set(let value) = accountClass, value != before.accountClass {
            try database("UPDATE account SET class_id = $1 WHERE id = $2").run(
                try value.map { try classID($0) } ?? 0, id)
            try touch(id, "account class", before.accountClass?.text ?? "none", value?.text ?? "none")
        }
        if case .set(let value) = furtherClasses { try setFurtherClasses(value, of: id) }
        if case .set(let value) = expiresAt, value != before.expiresAt { try setExpiry(value, of: before) }
        if case .set(let value) = expiresThen { try setExpiryAction(value, of: before) }
        try refuseRemovalAtOnce(id, after: before)
        try grantGrace(to: [LimitBefore(before)])
    }

    /// A new address. The old one stays as an alias when asked, else it is free at once.
    package func renameAccount(_ id: AccountID, to address: EmailAddress, keepAlias: Bool) throws {
        let before = try liveAccount(id)
        let (old, new) = (AddressKey(before.address), AddressKey(address))
        let domain = try ourDomain(of: new)
        try database("DELETE FROM address WHERE account_id = $1").run(id)
        try requireFree(new)
        try insertAddress(new, of: id, in: domain)
        try database("UPDATE account SET address = $1 WHERE id = $2").run(address.description, id)
        if before.login.text == old.text {
            try database("UPDATE account SET login = $1 WHERE id = $2").run(new.text, id)
        }
        if keepAlias, old != new { try addAlias(before.address, to: id) }
        try touch(id, "account rename", before.address.description, address.description)
    }

    /// Refuses mail and logins until resumed. True when that was a change.
    @discardableResult
    package func suspendAccount(_ id: AccountID, reason: String = "") throws -> Bool {
        try setStatus(.suspended, of: id, reason: reason)
    }

    @discardableResult
    package func resumeAccount(_ id: AccountID) throws -> Bool { try setStatus(.active, of: id, reason: "") }

    /// `formerSeconds`: so long the password of before is recognised; 0 when it was stolen, say. Without a password, none is.
    package func setCredential(
        _ credential: Credential?, of id: AccountID, formerSeconds: EpochSeconds = FormerPassword.standardSeconds
    ) throws {
        _ = try liveAccount(id)
        let before = try self.credential(of: id)
        guard before != credential else { return }
        if let credential {
            try store(credential, of: id)
        } else {
            try database("DELETE FROM credential WHERE account_id = $1").run(id)
        }
        // Keys alone come when a password of before is first used in clear; the password stays.
        if let before, let credential, before.hash == credential.hash, before.scram != credential.scram {
            return try touch(id, "scram keys", Self.mention(before.scram), Self.mention(credential.scram))
        }
        try keepFormer(before, of: id, for: credential?.hash == nil ? 0 : formerSeconds)
        try touch(id, "password", Self.mention(before), Self.mention(credential))
    }

    func liveAccount(_ id: AccountID) throws -> AccountEntry {
        guard let entry = try account(id), entry.status != .removed else { throw StoreError.noSuchAccount }
        return entry
    }

    func insertAddress(_ key: AddressKey, of id: AccountID, in domain: DomainID) throws {
        try database("INSERT INTO address (address, domain_id, account_id) VALUES ($1, $2, $3)").run(
            key.text, domain, id)
    }

    func touch(_ id: AccountID, _ action: String, _ before: String, _ after: String) throws {
        try database("UPDATE account SET changed_at = $1 WHERE id = $2").run(now, id)
        try record(action, "account \(id)", before, after)
    }

    /// An address may be a login only for the account it belongs to: nobody logs in under somebody else's address.
    func freeLogin(_ wanted: LoginName?, for key: AddressKey) throws -> LoginName {
        if let wanted {
            guard wanted.isShort || wanted.text == key.text else {
                throw StoreError.invalid("login \(wanted) is an address, but not the account's own")
            }
            guard try accountID(login: wanted) == nil else { throw StoreError.exists("login \(wanted)") }
            return wanted
        }
        if let short = LoginName(key.local), short.isShort, try accountID(login: short) == nil { return short }
        return LoginName(stored: key.text)
    }

    private func setStatus(_ status: StoredStatus, of id: AccountID, reason: String) throws -> Bool {
        let entry = try liveAccount(id)
        if status == .active { try refuseResuming(entry) }
        let before = try database("SELECT status FROM account WHERE id = $1").number(id)
        guard before != status.rawValue || entry.reason != reason else { return false }
        try database("UPDATE account SET status = $1, reason = $2 WHERE id = $3").run(
            status.rawValue, try DirectoryText.checked(reason, "the reason"), id)
        try touch(id, status == .suspended ? "account suspend" : "account resume", entry.status.rawValue, reason)
        return true
    }

    private func store(_ credential: Credential, of id: AccountID) throws {
        try database(
            """
            INSERT INTO credential
              (account_id, hash, changed_at, scram_iterations, scram_salt, scram_stored_key, scram_server_key)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (account_id) DO UPDATE SET hash = $2, changed_at = $3,
              scram_iterations = $4, scram_salt = $5, scram_stored_key = $6, scram_server_key = $7
            """
        ).run(
            id, credential.hash ?? "", credential.changedAt, credential.scram?.iterations ?? 0, credential.scram?.salt,
            credential.scram?.storedKey, credential.scram?.serverKey)
    }

    private static func mention(_ credential: Credential?) -> String { credential?.hash == nil ? "none" : "set" }
    private static func mention(_ keys: ScramKeys?) -> String { keys == nil ? "none" : "set" }

    private static func summary(_ new: NewAccount, _ login: LoginName) -> String {
        var parts = [new.address.description, "login \(login)"]
        if let organisation = new.organisation { parts.append("org \(organisation)") }
        if let accountClass = new.accountClass { parts.append("class \(accountClass)") }
        if new.suspended { parts.append("suspended") }
        return parts.joined(separator: ", ")
    }
}
