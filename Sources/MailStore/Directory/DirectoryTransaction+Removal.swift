internal import MailMessage

/// Removal in two steps: `removeAccount` takes the names away, `forgetAccount` the rest once the mail is gone.
extension DirectoryTransaction {
    /// Login and addresses are free at once; the id, and with it the mail, is never given to anybody else.
    package func removeAccount(_ id: AccountID) throws {
        let entry = try liveAccount(id)
        try revokeRoles(from: id)
        try detachAliases(of: id)
        try database("DELETE FROM address WHERE account_id = $1").run(id)
        try database("UPDATE domain SET postmaster_account_id = 0 WHERE postmaster_account_id = $1").run(id)
        try database("UPDATE account SET status = $1, login = $2, former_login = $3, removed_at = $4 WHERE id = $5")
            .run(
                StoredStatus.removed.rawValue, "#\(id)", entry.login.text, now, id)
        try forgetFormer(of: id)
        try touch(id, "account remove", entry.address.description, "")
    }

    /// Gives a removed account its names back, as far as nobody took them. Its aliases return where they are free.
    package func restoreAccount(_ id: AccountID) throws {
        guard let entry = try account(id), entry.status == .removed else { throw StoreError.noSuchAccount }
        try notePools()
        let key = AddressKey(entry.address)
        try requireFree(key)
        let domain = try ourDomain(of: key)
        try insertAddress(key, of: id, in: domain)
        let former = try database("SELECT former_login FROM account WHERE id = $1").text(id) ?? ""
        let isFree = try accountID(login: LoginName(stored: former)) == nil
        let login = try isFree ? LoginName(stored: former) : freeLogin(nil, for: key)
        try database("UPDATE account SET status = $1, login = $2, former_login = '', removed_at = 0 WHERE id = $3").run(
            StoredStatus.active.rawValue, login.text, id)
        try reattachAliases(of: id)
        try touch(id, "account restore", "", entry.address.description)
    }

    /// After the account's files are gone: forgets everything but the audit trail.
    package func forgetAccount(_ id: AccountID) throws {
        guard let entry = try account(id), entry.status == .removed else {
            throw StoreError.notPermitted("account \(id) is not removed")
        }
        guard try retention(of: id).hold == nil else {
            throw StoreError.notPermitted("a hold keeps everything of account \(id)")
        }
        try database("DELETE FROM former_alias WHERE account_id = $1").run(id)
        try database("DELETE FROM credential WHERE account_id = $1").run(id)
        try database("DELETE FROM account_hint WHERE account_id = $1").run(id)
        try database("DELETE FROM usage_sample WHERE account_id = $1").run(id)
        try database("DELETE FROM quota_notice WHERE account_id = $1").run(id)
        try database("DELETE FROM further_class WHERE account_id = $1").run(id)
        try forgetShares(of: id)
        try forgetVacation(of: id)
        try database("DELETE FROM recent_device WHERE account_id = $1").run(id)
        try removeQuotas(QuotaScope.accountCode, id.value)
        try removeRetention(QuotaScope.accountCode, id.value)
        try removeFeatures(QuotaScope.accountCode, id.value)
        try database("DELETE FROM app_password WHERE account_id = $1").run(id)
        try database("DELETE FROM account WHERE id = $1").run(id)
        try record("account forget", "account \(id)", entry.address.description)
    }

    /// Aliases that would lead nowhere go with the account; both kinds are remembered for its return.
    private func detachAliases(of account: AccountID) throws {
        try database(
            """
            INSERT INTO former_alias (account_id, address)
            SELECT DISTINCT t.account_id, l.written FROM alias_target t JOIN alias l ON l.id = t.alias_id
            WHERE t.account_id = $1
            """
        ).run(account)
        var aliases: [AliasID] = []
        try database("SELECT DISTINCT alias_id FROM alias_target WHERE account_id = $1").each(account) {
            aliases.append(AliasID($0.int64(0)))
        }
        try database("DELETE FROM alias_target WHERE account_id = $1").run(account)
        for alias in aliases where try targetCount(of: alias) == 0 { try deleteAlias(alias) }
    }

    private func reattachAliases(of account: AccountID) throws {
        var addresses: [EmailAddress] = []
        try database("SELECT address FROM former_alias WHERE account_id = $1 ORDER BY address").each(account) {
            addresses.append(try storedAddress($0.text(0)))
        }
        for address in addresses {
            let owner = try owner(of: AddressKey(address))
            if let alias = owner?.alias {
                let next =
                    try database("SELECT max(position) FROM alias_target WHERE alias_id = $1").number(alias) ?? -1
                try insertTarget(of: alias, position: Int(next) + 1, account: account, address: "")
            } else if owner == nil, try domainID(address.domainKey) != nil {
                try addAlias(address, to: account)
            }
        }
        try database("DELETE FROM former_alias WHERE account_id = $1").run(account)
    }

    private func targetCount(of alias: AliasID) throws -> Int64 {
        try database("SELECT count(*) FROM alias_target WHERE alias_id = $1").number(alias) ?? 0
    }
}
