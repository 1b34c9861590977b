package import MailMessage
package import MailStore

/// What one level says, or what holds for one account.
package struct RetentionLine: Sendable {
    package let scope: String
    package let trash: EffectiveRetention.Period?
    package let junk: EffectiveRetention.Period?
    package let hold: RetentionHold?
    package let heldBy: String?
    package let importedAt: EpochSeconds?
}

extension Administration {
    package func retention(of entry: AccountEntry) async throws(AdminError) -> RetentionLine {
        let found = try await reading { try $0.retention(of: entry.id) }
        return RetentionLine(
            scope: entry.address.description, trash: found.trash, junk: found.junk, hold: found.hold,
            heldBy: found.heldBy?.description, importedAt: found.importedAt)
    }

    /// What is set anywhere, and the default whether it is set or not.
    package func retentionRules() async throws(AdminError) -> [RetentionLine] {
        try await reading { reader in
            var rules = try reader.retentionRules()
            if rules.first?.scope != .standard { rules.insert((.standard, RetentionRule()), at: 0) }
            return try rules.map { scope, rule in
                var name = RetentionSource.describing(scope)
                if case .account(let id) = scope { name = try reader.account(id)?.address.description ?? name }
                let isStandard = scope == .standard
                let trash = rule.trash ?? (isStandard ? EffectiveRetention.standardTrash : nil)
                let junk = rule.junk ?? (isStandard ? EffectiveRetention.standardJunk : nil)
                return RetentionLine(
                    scope: name, trash: trash.map { .init(value: $0, source: .account) },
                    junk: junk.map { .init(value: $0, source: .account) }, hold: rule.hold,
                    heldBy: rule.hold == nil ? nil : name, importedAt: nil)
            }
        }
    }

    package func changeRetention(
        of scope: RetentionScope, _ change: @escaping @Sendable (inout RetentionRule) -> Void
    ) async throws(AdminError) -> Outcome {
        try await requireScope(scope)
        return try await writing { transaction in
            var rule = try transaction.retentionRule(of: scope) ?? RetentionRule()
            change(&rule)
            return try transaction.setRetention(rule, of: scope) ? .changed : .unchanged
        }
    }

    package func describe(_ scope: RetentionScope) async throws(AdminError) -> String {
        guard case .account(let id) = scope else { return RetentionSource.describing(scope) }
        return try await reading { try $0.account(id)?.address.description ?? "account \(id)" }
    }

    private func requireScope(_ scope: RetentionScope) async throws(AdminError) {
        switch scope {
        case .organisation(let name): try await requireGroups(name, nil)
        case .accountClass(let name): try await requireGroups(nil, name)
        case .account, .standard: break
        }
    }
}

extension RetentionSource {
    static func describing(_ scope: RetentionScope) -> String {
        switch scope {
        case .account(let id): "account \(id)"
        case .organisation(let name): "org:\(name)"
        case .accountClass(let name): "class:\(name)"
        case .standard: "default"
        }
    }
}

extension Administration {
    /// Each of them has to exist.
    package func requireOrganisations(_ names: Set<OrganisationName>) async throws(AdminError) {
        for name in names.sorted() { try await requireGroups(name, nil) }
    }
}
