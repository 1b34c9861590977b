package import MailMessage
package import MailStore
import Synchronization

/// Domains, organisations, classes and aliases.
extension Administration {
    package func domainNames() async throws(AdminError) -> [String] { try await domains().map(\.name.name) }
    package func domains() async throws(AdminError) -> [DomainEntry] { try await reading { try $0.domains() } }
    package func organisations() async throws(AdminError) -> [OrganisationEntry] {
        try await reading { try $0.organisations() }
    }
    package func classes() async throws(AdminError) -> [ClassEntry] { try await reading { try $0.classes() } }
    package func aliases() async throws(AdminError) -> [AliasEntry] { try await reading { try $0.aliases() } }

    package func addDomain(_ name: MailDomain, ifExists: IfExists) async throws(AdminError) -> Outcome {
        try await adding("domain \(name)") { transaction in
            guard try transaction.isOurs(name) else {
                _ = try transaction.addDomain(name)
                return .created
            }
            return ifExists == .fail ? nil : .unchanged
        }
    }

    package func removeDomain(_ name: MailDomain) async throws(AdminError) {
        try await requireDomain(name)
        try await writing { try $0.removeDomain(name) }
    }

    package func setPostmaster(_ entry: AccountEntry, of name: MailDomain) async throws(AdminError) {
        try await requireDomain(name)
        try await writing { try $0.setPostmaster(entry.id, of: name) }
    }

    package func addOrganisation(
        _ name: OrganisationName, title: String, contact: String, quota: QuotaRule?, ifExists: IfExists
    ) async throws(AdminError) -> Outcome {
        try await adding("org \(name)") { transaction in
            guard try transaction.organisation(name) != nil else {
                _ = try transaction.addOrganisation(name, title: title, contact: contact, quota: quota)
                return .created
            }
            switch ifExists {
            case .fail: return nil
            case .skip: return .unchanged
            case .update:
                let title = title.isEmpty ? nil : title
                let contact = contact.isEmpty ? nil : contact
                return try transaction.change(name, title: title, contact: contact, quota: quota)
                    ? .updated : .unchanged
            }
        }
    }

    package func setOrganisation(_ name: OrganisationName, title: String?, contact: String?, quota: QuotaRule?)
        async throws(AdminError) -> Outcome
    {
        try await require(kind: "org", name.text) { try $0.organisations().map(\.name.text) }
        return try await writing {
            try $0.change(name, title: title, contact: contact, quota: quota) ? .changed : .unchanged
        }
    }

    package func removeOrganisation(_ name: OrganisationName) async throws(AdminError) {
        try await require(kind: "org", name.text) { try $0.organisations().map(\.name.text) }
        try await writing { try $0.removeOrganisation(name) }
    }

    package func addClass(_ name: ClassName, quota: QuotaRule?, ifExists: IfExists) async throws(AdminError) -> Outcome
    {
        try await adding("class \(name)") { transaction in
            guard try transaction.classes().contains(where: { $0.name == name }) else {
                try transaction.addClass(name, quota: quota)
                return .created
            }
            switch ifExists {
            case .fail: return nil
            case .skip: return .unchanged
            case .update: return try transaction.change(quota, of: .accountClass(name)) ? .updated : .unchanged
            }
        }
    }

    package func setClass(_ name: ClassName, quota: QuotaRule) async throws(AdminError) -> Outcome {
        try await require(kind: "class", name.text) { try $0.classes().map(\.name.text) }
        return try await writing { try $0.change(quota, of: .accountClass(name)) ? .changed : .unchanged }
    }

    package func removeClass(_ name: ClassName) async throws(AdminError) {
        try await require(kind: "class", name.text) { try $0.classes().map(\.name.text) }
        try await writing { try $0.removeClass(name) }
    }

    package func addAlias(_ address: EmailAddress, targets: [EmailAddress], ifExists: IfExists)
        async throws(AdminError) -> Outcome
    {
        try await adding("alias \(address)") { transaction in
            guard let old = try transaction.alias(address) else {
                _ = try transaction.addAlias(address, targets: targets)
                return .created
            }
            switch ifExists {
            case .fail: return nil
            case .skip: return .unchanged
            case .update:
                guard Set(old.targets) != Set(targets) else { return .unchanged }
                try transaction.setAlias(address, targets: targets)
                return .updated
            }
        }
    }

    package func removeAlias(_ address: EmailAddress) async throws(AdminError) {
        try await require(kind: "alias", address.description) { try $0.aliases().map(\.address.description) }
        try await writing { try $0.removeAlias(address) }
    }

    func reading<T: Sendable>(_ body: @escaping @Sendable (DirectoryReader) throws -> T) async throws(AdminError) -> T {
        do { return try await directory.read(body) } catch { throw .store(error) }
    }

    /// What only shows within the transaction may be refused in an administrator's words.
    func writing<T: Sendable>(_ body: @escaping @Sendable (DirectoryTransaction) throws -> T) async throws(AdminError)
        -> T
    {
        let refusal = Mutex<AdminError?>(nil)
        do {
            return try await directory.write(by: actor) { transaction in
                do { return try body(transaction) } catch {
                    refusal.withLock { $0 = error as? AdminError }
                    throw error
                }
            }
        } catch { throw refusal.withLock { $0 } ?? .store(error) }
    }

    /// A write that answers nil when `what` is there and shall not be touched.
    func adding(
        _ what: String, _ body: @escaping @Sendable (DirectoryTransaction) throws -> Outcome?
    ) async throws(AdminError) -> Outcome {
        guard let outcome = try await writing(body) else { throw .exists(what) }
        return outcome
    }

    func requireDomain(_ name: MailDomain) async throws(AdminError) {
        try await require(kind: "domain", name.name) { try $0.domains().map(\.name.name) }
    }

    func requireGroups(_ organisation: OrganisationName?, _ accountClass: ClassName?) async throws(AdminError) {
        if let organisation {
            try await require(kind: "org", organisation.text) { try $0.organisations().map(\.name.text) }
        }
        if let accountClass {
            try await require(kind: "class", accountClass.text) { try $0.classes().map(\.name.text) }
        }
    }

    private func require(
        kind: String, _ name: String, _ names: @escaping @Sendable (DirectoryReader) throws -> [String]
    ) async throws(AdminError) {
        let all = try await reading(names)
        guard !all.contains(where: { $0.lowercased() == name.lowercased() }) else { return }
        let near = all.compactMap { other in Likeness.distance(name, other).map { (other, $0) } }.min { $0.1 < $1.1 }
        throw .noSuch(kind: kind, name: name, near: near?.0)
    }
}

extension DirectoryTransaction {
    fileprivate func change(_ name: OrganisationName, title: String?, contact: String?, quota: QuotaRule?) throws
        -> Bool
    {
        let old = try organisation(name)
        let isNew = title.map { $0 != old?.title } ?? false || contact.map { $0 != old?.contact } ?? false
        if isNew { try updateOrganisation(name, title: title, contact: contact) }
        return try change(quota, of: .organisation(name)) || isNew
    }

    fileprivate func change(_ quota: QuotaRule?, of scope: QuotaScope) throws -> Bool {
        guard let quota, try (quotaRule(of: scope) ?? QuotaRule()) != quota else { return false }
        try setQuota(quota, for: scope)
        return true
    }
}
