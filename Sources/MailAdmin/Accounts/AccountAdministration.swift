import MailIdentity
package import MailMessage
package import MailStore

/// What to do when the thing that shall be added is there already.
package enum IfExists: String, CaseIterable, Sendable { case fail, skip, update }

/// What a change came to.
package enum Outcome: String, Sendable { case created, updated, unchanged, changed, removed }

extension Administration {
    package func accounts(matching filter: AccountFilter) async throws(AdminError) -> [AccountEntry] {
        try await requireGroups(filter.organisation, filter.accountClass)
        do { return try await directory.read { try $0.accounts(matching: filter) } } catch { throw AdminError(error) }
    }

    package func aliases(of entry: AccountEntry) async throws(AdminError) -> [EmailAddress] {
        let id = entry.id
        do { return try await directory.read { try $0.aliases(of: id) } } catch { throw AdminError(error) }
    }

    package func add(_ new: NewAccount, ifExists: IfExists = .fail) async throws(AdminError) -> Outcome {
        try await requireGroups(new.organisation, new.accountClass)
        return try await adding("account \(new.address)") { transaction in
            guard let old = try transaction.account(address: new.address) else {
                try transaction.addAccount(new)
                return .created
            }
            switch ifExists {
            case .fail: return nil
            case .skip: return .unchanged
            case .update: return try transaction.update(old, to: new) ? .updated : .unchanged
            }
        }
    }

    /// The address, the login and the aliases are free at once; the mail stays with the id (`restore`).
    package func remove(_ entry: AccountEntry) async throws(AdminError) {
        do {
            try await directory.write(by: actor) { try $0.removeAccount(entry.id) }
            try await store.web.shutOut(entry.id)
        } catch { throw AdminError(error) }
    }

    package func suspend(_ entry: AccountEntry, reason: String) async throws(AdminError) -> Outcome {
        do {
            let isChange = try await directory.write(by: actor) { try $0.suspendAccount(entry.id, reason: reason) }
            try await store.web.shutOut(entry.id)
            return isChange ? .changed : .unchanged
        } catch { throw AdminError(error) }
    }

    package func resume(_ entry: AccountEntry) async throws(AdminError) -> Outcome {
        do {
            return try await directory.write(by: actor) { try $0.resumeAccount(entry.id) } ? .changed : .unchanged
        } catch { throw AdminError(error) }
    }

    package func setCredential(
        _ credential: Credential?, of entry: AccountEntry, formerSeconds: EpochSeconds = FormerPassword.standardSeconds,
        except session: WebSessionID? = nil
    ) async throws(AdminError) {
        do {
            try await PasswordChange.set(
                credential, of: entry.id, formerSeconds: formerSeconds, except: session, in: store, by: actor)
        } catch { throw .store(error) }
    }

    package func credential(of entry: AccountEntry) async throws(AdminError) -> Credential? {
        do { return try await directory.credential(of: entry.id) } catch { throw .store(error) }
    }
}

extension DirectoryTransaction {
    /// Brings an account to what a list says of it; what the list leaves open stays. True when something changed.
    func update(_ old: AccountEntry, to new: NewAccount) throws -> Bool {
        let login = new.login.map { $0 != old.login } ?? false
        let name = !new.name.isEmpty && new.name != old.name
        let organisation = new.organisation != nil && new.organisation != old.organisation
        let accountClass = new.accountClass != nil && new.accountClass != old.accountClass
        let expires =
            new.expiresAt != nil && new.expiresAt != old.expiresAt
            || new.expiresThen != nil && new.expiresThen != old.expiresThen
        if login || name || organisation || accountClass || expires {
            try updateAccount(
                old.id, name: name ? .set(new.name) : .keep, login: new.login.map { .set($0) } ?? .keep,
                organisation: organisation ? .set(new.organisation) : .keep,
                accountClass: accountClass ? .set(new.accountClass) : .keep,
                expiresAt: new.expiresAt.map { .set($0) } ?? .keep,
                expiresThen: new.expiresThen.map { .set($0) } ?? .keep)
        }
        var isChanged = login || name || organisation || accountClass || expires
        if try updateQuota(old, new.quota) { isChanged = true }
        if try updateAliases(old, new.aliases) { isChanged = true }
        if try updateHash(old, new.credential) { isChanged = true }
        if new.suspended, old.status != .suspended { isChanged = try suspendAccount(old.id) || isChanged }
        return isChanged
    }

    func updateQuota(_ old: AccountEntry, _ quota: QuotaRule?) throws -> Bool {
        guard let quota, try (quotaRule(of: .account(old.id)) ?? QuotaRule()) != quota else { return false }
        try setQuota(quota, for: .account(old.id))
        return true
    }

    private func updateAliases(_ old: AccountEntry, _ wanted: [EmailAddress]) throws -> Bool {
        let present = Set(try aliases(of: old.id))
        let missing = wanted.filter { !present.contains($0) }
        for alias in missing { try addAlias(alias, targets: [old.address]) }
        return !missing.isEmpty
    }

    private func updateHash(_ old: AccountEntry, _ credential: Credential?) throws -> Bool {
        guard let credential, try self.credential(of: old.id)?.hash != credential.hash else { return false }
        try setCredential(credential, of: old.id)
        return true
    }
}
