package import MailMessage
package import MailStore

/// A limit that shall hold at some level.
package struct QuotaOrder: Sendable {
    package var size: SizeChange
    /// The limit before comes back by itself at this moment.
    package var until: EpochSeconds?
    package var reason = ""
    /// How long somebody who uses more than a lowered limit keeps the old one.
    package var graceSeconds = QuotaGrace.standardSeconds
    /// Only what a pool bounds can be granted: of an account whose organisation has none, the limit may fall but not rise above
    /// what holds both now and for good.
    package var needsPool = false

    package init(size: SizeChange) { self.size = size }
}

extension Administration {
    package func setQuota(_ order: QuotaOrder, of entry: AccountEntry) async throws(AdminError) -> QuotaResult {
        let outcome = try await set(order, .account(entry.id))
        return try await result(outcome, entry)
    }

    package func setQuota(_ order: QuotaOrder, of scope: QuotaScope) async throws(AdminError) -> QuotaResult {
        let outcome = try await set(order, scope)
        return try await result(outcome, scope, isDated: order.until != nil)
    }

    package func unsetQuota(of entry: AccountEntry, onlyTemporary: Bool, graceSeconds: Int64) async throws(AdminError)
        -> QuotaResult
    {
        let outcome = try await unset(.account(entry.id), onlyTemporary, graceSeconds)
        return try await result(outcome, entry)
    }

    /// Unchanged when there was nothing to take away.
    package func unsetQuota(of scope: QuotaScope, onlyTemporary: Bool, graceSeconds: Int64) async throws(AdminError)
        -> QuotaResult
    {
        let outcome = try await unset(scope, onlyTemporary, graceSeconds)
        return try await result(outcome, scope, isDated: onlyTemporary)
    }

    /// The pool of an organisation and, with `order`, the limit of its accounts: both or none.
    package func setPool(
        _ bytes: Int64?, of name: OrganisationName, and order: QuotaOrder? = nil
    ) async throws(AdminError) -> [QuotaResult] {
        let scope = QuotaScope.organisation(name)
        try await requireGroup(of: scope)
        try order?.check(for: scope, at: clock())
        let (pool, limit) = try await writing { transaction -> (Outcome, Outcome?) in
            let isChanged = try transaction.setPool(bytes, of: name)
            return (isChanged ? .changed : .unchanged, try order.map { try transaction.carryOut($0, for: scope) })
        }
        var result = QuotaResult(scope.description, pool, limit: QuotaRule.Amount(bytes))
        result.granted = try await reading { try $0.pool(of: name) }?.granted
        guard let order, let limit else { return [result] }
        return [result, try await self.result(limit, scope, isDated: order.until != nil)]
    }

    private func set(_ order: QuotaOrder, _ scope: QuotaScope) async throws(AdminError) -> Outcome {
        try await requireGroup(of: scope)
        try order.check(for: scope, at: clock())
        return try await writing { try $0.carryOut(order, for: scope) }
    }

    private func unset(
        _ scope: QuotaScope, _ onlyTemporary: Bool, _ graceSeconds: Int64
    ) async throws(AdminError) -> Outcome {
        try await requireGroup(of: scope)
        return try await writing {
            try $0.unsetQuota(of: scope, onlyTemporary: onlyTemporary, grace: graceSeconds) ? .changed : .unchanged
        }
    }

    private func result(_ outcome: Outcome, _ entry: AccountEntry) async throws(AdminError) -> QuotaResult {
        QuotaResult(try await reading { try $0.account(entry.id) } ?? entry, outcome)
    }

    private func result(
        _ outcome: Outcome, _ scope: QuotaScope, isDated: Bool
    ) async throws(AdminError) -> QuotaResult {
        let (dated, lasting) = try await reading { reader in
            (isDated ? try reader.quotaRule(of: scope, temporary: true) : nil, try reader.quotaRule(of: scope))
        }
        return QuotaResult(scope, outcome, dated: dated, lasting: lasting)
    }

    private func requireGroup(of scope: QuotaScope) async throws(AdminError) {
        switch scope {
        case .organisation(let name): try await requireGroups(name, nil)
        case .accountClass(let name): try await requireGroups(nil, name)
        case .account, .standard: break
        }
    }
}

extension QuotaOrder {
    fileprivate func check(for scope: QuotaScope, at now: EpochSeconds) throws(AdminError) {
        if let until, until <= now { throw .wrongData("the limit would have lapsed already") }
        guard size == .inherit else { return }
        if needsPool { throw .wrongData("a limit of the account's own is what can be set") }
        if scope == .standard, until == nil { throw .wrongData("nothing is below the default: give a size, or none") }
    }
}

extension DirectoryTransaction {
    fileprivate func carryOut(_ order: QuotaOrder, for scope: QuotaScope) throws -> Outcome {
        let isDated = order.until != nil
        let old = try quotaRule(of: scope, temporary: isDated)
        guard let amount = try order.size.amount(from: try present(of: scope, isDated: isDated)) else {
            return try unsetQuota(of: scope, onlyTemporary: isDated, grace: order.graceSeconds) ? .changed : .unchanged
        }
        let rule = QuotaRule(
            bytes: amount, messages: old?.messages, until: order.until,
            reason: order.reason.isEmpty ? old?.reason ?? "" : order.reason)
        let giver = order.needsPool && rule != old ? try giver(of: amount, to: scope) : nil
        let isChanged = try setQuota(rule, for: scope, grace: order.graceSeconds)
        if let giver { try requireRoom(in: giver) }
        return isChanged ? .changed : .unchanged
    }

    /// What grows or shrinks: nil = no limit. For good it is what holds for good, else what holds now.
    private func present(of scope: QuotaScope, isDated: Bool) throws -> Int64? {
        if case .account(let id) = scope {
            guard let quota = try account(id)?.quota else { throw StoreError.noSuchAccount }
            return isDated ? quota.bytes : quota.lastingBytes
        }
        let dated = isDated ? try quotaRule(of: scope, temporary: true) : nil
        return try (dated ?? quotaRule(of: scope))?.bytes?.bytes
    }

    /// The organisation out of whose pool the limit has to come; nil: nothing is given.
    fileprivate func giver(of amount: QuotaRule.Amount, to scope: QuotaScope) throws -> OrganisationName? {
        guard case .account(let id) = scope, let entry = try account(id) else { throw StoreError.noSuchAccount }
        let free = [entry.quota.bytes, entry.quota.lastingBytes].compactMap(\.self).min()
        if case .limit(let bytes) = amount, let free, bytes <= free { return nil }
        guard let name = entry.organisation, try organisation(name)?.pool != nil else {
            throw StoreError.notPermitted("\(entry.address) belongs to no organisation with a pool")
        }
        return name
    }

    /// What was granted for a time counts already: for good it is a gift only while the pool is not overdrawn.
    fileprivate func requireRoom(in name: OrganisationName) throws {
        guard let pool = try pool(of: name), pool.granted > pool.pool else { return }
        throw StoreError.overPool("more than the pool of org \(name) is granted already")
    }
}
