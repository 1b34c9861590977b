package import MailMessage
package import MailStore

/// What `account set` sets; nil and `.keep` leave a thing as it is.
package struct AccountChange: Sendable {
    package var name: Change<String> = .keep
    package var login: Change<LoginName> = .keep
    package var organisation: Change<OrganisationName?> = .keep
    package var accountClass: Change<ClassName?> = .keep
    package var furtherClasses: Change<[ClassName]> = .keep
    package var language: Change<NoticeLanguage?> = .keep
    package var signature: Change<String> = .keep
    package var expiresAt: Change<EpochSeconds?> = .keep
    package var expiresThen: Change<ExpiryAction?> = .keep
    package var quota: QuotaRule?

    package init() {}
}

extension Administration {
    package func change(_ entry: AccountEntry, _ change: AccountChange) async throws(AdminError) -> Outcome {
        try await requireGroups(change.organisation.wanted ?? nil, change.accountClass.wanted ?? nil)
        for name in change.furtherClasses.wanted ?? [] { try await requireGroups(nil, name) }
        return try await writing { transaction in
            let before = try transaction.account(entry.id)
            try transaction.updateAccount(
                entry.id, name: change.name, login: change.login, organisation: change.organisation,
                accountClass: change.accountClass, furtherClasses: change.furtherClasses, expiresAt: change.expiresAt,
                expiresThen: change.expiresThen)
            let hasPreferencesChanged = try transaction.update(change, of: entry.id)
            let hasQuotaChanged = try transaction.updateQuota(entry, change.quota)
            return try hasQuotaChanged || hasPreferencesChanged || transaction.account(entry.id) != before
                ? .changed : .unchanged
        }
    }

    package func rename(
        _ entry: AccountEntry, to address: EmailAddress, keepAlias: Bool
    ) async throws(AdminError) -> Outcome {
        guard entry.address != address else { return .unchanged }
        try await writing { try $0.renameAccount(entry.id, to: address, keepAlias: keepAlias) }
        return .changed
    }

    /// Gives a removed account its names back.
    package func restore(_ name: String) async throws(AdminError) -> AccountEntry {
        let entry = try await removedAccount(name)
        try await writing { try $0.restoreAccount(entry.id) }
        return entry
    }

    /// A removed account with its mail, for good: only its lines in the audit trail stay. Broken off, it is done by the next call.
    package func forget(_ entry: AccountEntry) async throws(AdminError) {
        if let source = try await reading({ try $0.retention(of: entry.id) }).heldBy {
            throw .wrongData("a hold (\(source)) keeps everything of \(entry.address)")
        }
        do { try await store.eraseMail(of: entry.id) } catch { throw .store(error) }
        try await writing { try $0.forgetAccount(entry.id) }
    }

    /// Named by its former address, or by its id when there are several.
    package func removedAccount(_ name: String) async throws(AdminError) -> AccountEntry {
        let address = try await wholeAddress(name)
        let removed = try await accounts(matching: AccountFilter(status: .removed))
            .filter { $0.address == address || $0.id.description == name }
        guard let entry = removed.last else { throw .noSuch(kind: "removed account", name: name, near: nil) }
        guard removed.count == 1 else {
            let ids = removed.map(\.id.description).joined(separator: ", ")
            throw .wrongData("there are \(removed.count) removed accounts \(name): give one of the ids \(ids)")
        }
        return entry
    }
}

extension Administration {
    package func preferences(of entry: AccountEntry) async throws(AdminError) -> AccountPreferences {
        try await reading { try $0.preferences(of: entry.id) } ?? AccountPreferences()
    }
}

extension DirectoryTransaction {
    fileprivate func update(_ change: AccountChange, of id: AccountID) throws -> Bool {
        var preferences = try preferences(of: id) ?? AccountPreferences()
        if case .set(let language) = change.language { preferences.language = language?.rawValue }
        if case .set(let signature) = change.signature { preferences.signature = signature }
        return try setPreferences(preferences, of: id)
    }
}

extension Change {
    fileprivate var wanted: Value? { if case .set(let value) = self { value } else { nil } }
}
