package import MailMessage

extension DirectoryTransaction {
    /// Targets: addresses of ours, which must exist, or of others, which are kept until sending exists.
    @discardableResult
    package func addAlias(_ address: EmailAddress, targets: [EmailAddress]) throws -> AliasID {
        let id = try insertAlias(address)
        try setTargets(targets, of: id, AddressKey(address))
        try record("alias add", AddressKey(address).text, "", Self.text(targets))
        return id
    }

    package func setAlias(_ address: EmailAddress, targets: [EmailAddress]) throws {
        let id = try aliasID(address)
        let before = try alias(address)?.targets ?? []
        guard before.map(AddressKey.init) != targets.map(AddressKey.init) else { return }
        try database("DELETE FROM alias_target WHERE alias_id = $1").run(id)
        try setTargets(targets, of: id, AddressKey(address))
        try record("alias set", AddressKey(address).text, Self.text(before), Self.text(targets))
    }

    package func removeAlias(_ address: EmailAddress) throws {
        let id = try aliasID(address)
        let before = try alias(address)?.targets ?? []
        try deleteAlias(id)
        try record("alias remove", AddressKey(address).text, Self.text(before))
    }

    func deleteAlias(_ id: AliasID) throws {
        try database("DELETE FROM alias_target WHERE alias_id = $1").run(id)
        try database("DELETE FROM address WHERE alias_id = $1").run(id)
        try database("DELETE FROM alias WHERE id = $1").run(id)
    }

    /// An alias with one target, the account itself. For accounts that are being made, renamed or restored.
    func addAlias(_ address: EmailAddress, to account: AccountID) throws {
        try insertTarget(of: try insertAlias(address), position: 0, account: account, address: "")
    }

    private func insertAlias(_ address: EmailAddress) throws -> AliasID {
        let key = AddressKey(address)
        try requireFree(key)
        let domain = try ourDomain(of: key)
        let id = AliasID(try nextID())
        try database("INSERT INTO alias (id, address, written, created_at) VALUES ($1, $2, $3, $4)").run(
            id, key.text, address.description, now)
        try database("INSERT INTO address (address, domain_id, alias_id) VALUES ($1, $2, $3)").run(key.text, domain, id)
        return id
    }

    func insertTarget(of alias: AliasID, position: Int, account: AccountID?, address: String) throws {
        try database("INSERT INTO alias_target (alias_id, position, account_id, address) VALUES ($1, $2, $3, $4)").run(
            alias, position, account?.value ?? 0, address)
    }

    private func setTargets(_ targets: [EmailAddress], of alias: AliasID, _ key: AddressKey) throws {
        guard (1...AliasLimits.targets).contains(targets.count) else {
            throw StoreError.invalid("an alias has 1 to \(AliasLimits.targets) targets")
        }
        var seen: Set<AddressKey> = []
        for target in targets where seen.insert(AddressKey(target)).inserted {
            let targetKey = AddressKey(target)
            guard targetKey != key else { throw StoreError.invalid("alias \(key) would point to itself") }
            let isOurs = try domainID(targetKey.domain) != nil
            if isOurs, !targetKey.isPostmaster, try tolerantOwner(of: targetKey) == nil {
                throw StoreError.notFound("address \(target)")
            }
            let account = try isOurs ? owner(of: targetKey)?.account : nil
            try insertTarget(
                of: alias, position: seen.count - 1, account: account, address: account == nil ? target.description : ""
            )
        }
    }

    private func aliasID(_ address: EmailAddress) throws -> AliasID {
        guard let id = try owner(of: AddressKey(address))?.alias else { throw StoreError.notFound("alias \(address)") }
        return id
    }

    func requireFree(_ key: AddressKey) throws {
        guard try owner(of: key) == nil else { throw StoreError.exists("address \(key)") }
    }

    func ourDomain(of key: AddressKey) throws -> DomainID {
        guard let id = try domainID(key.domain) else { throw StoreError.notFound("domain \(key.domain)") }
        return id
    }

    private static func text(_ targets: [EmailAddress]) -> String {
        targets.map(\.description).joined(separator: ", ")
    }
}
