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

/// What setting one limit came to.
package struct QuotaResult: Sendable {
    package let name: String
    package let outcome: Outcome
    /// Nil = unlimited, or none at this level.
    package let limit: Int64?
    /// Of one account: what holds for it now, and how much it uses.
    package var quota: EffectiveQuota?
    package var used: Int64 = 0
    /// Of a pool: what is granted of it; `.max` when a limit in it is none.
    package var granted: Int64?

    package init(
        name: String, outcome: Outcome, limit: Int64?, quota: EffectiveQuota? = nil, used: Int64 = 0,
        granted: Int64? = nil
    ) {
        (self.name, self.outcome, self.limit) = (name, outcome, limit)
        (self.quota, self.used, self.granted) = (quota, used, granted)
    }
}

extension Administration {
    package func setQuota(_ order: QuotaOrder, of entry: AccountEntry) async throws(AdminError) -> QuotaResult {
        let present = order.until == nil ? entry.quota.lastingBytes : entry.quota.bytes
        let outcome = try await set(order, .account(entry.id), present: present)
        return try await result(outcome, entry)
    }

    private func result(_ outcome: Outcome, _ entry: AccountEntry) async throws(AdminError) -> QuotaResult {
        let id = entry.id
        let quota = try await reading { try $0.account(id) }?.quota ?? entry.quota
        return QuotaResult(
            name: entry.address.description, outcome: outcome, limit: quota.bytes, quota: quota,
            used: entry.hints.bytesUsed)
    }

    package func setQuota(_ order: QuotaOrder, of scope: QuotaScope) async throws(AdminError) -> QuotaResult {
        let present = try await rule(of: scope)
        let outcome = try await set(order, scope, present: Self.bytes(present))
        return QuotaResult(
            name: scope.description, outcome: outcome, limit: Self.bytes(try await rule(of: scope)))
    }

    package func unsetQuota(of entry: AccountEntry, onlyTemporary: Bool, graceSeconds: Int64) async throws(AdminError)
        -> QuotaResult
    {
        let outcome = try await unsetQuota(
            of: .account(entry.id), onlyTemporary: onlyTemporary, graceSeconds: graceSeconds)
        return try await result(outcome, entry)
    }

    /// Unchanged when there was nothing to take away.
    package func unsetQuota(of scope: QuotaScope, onlyTemporary: Bool, graceSeconds: Int64) async throws(AdminError)
        -> Outcome
    {
        try await requireGroup(of: scope)
        return try await writing {
            try $0.unsetQuota(of: scope, onlyTemporary: onlyTemporary, grace: graceSeconds) ? .changed : .unchanged
        }
    }

    package func setPool(_ bytes: Int64?, of name: OrganisationName) async throws(AdminError) -> QuotaResult {
        try await requireGroups(name, nil)
        let isChanged = try await writing { try $0.setPool(bytes, of: name) }
        let use = try await reading { try $0.pools() }.first { $0.organisation == name }
        return QuotaResult(
            name: "org \(name)", outcome: isChanged ? .changed : .unchanged, limit: bytes, granted: use?.granted)
    }

    private func set(_ order: QuotaOrder, _ scope: QuotaScope, present: Int64?) async throws(AdminError) -> Outcome {
        try await requireGroup(of: scope)
        guard let amount = try order.size.amount(from: present) else {
            if order.needsPool { throw .wrongData("a limit of the account's own is what can be set") }
            return try await unsetQuota(
                of: scope, onlyTemporary: order.until != nil, graceSeconds: order.graceSeconds)
        }
        if let until = order.until, until <= clock() { throw .wrongData("the limit would have lapsed already") }
        return try await writing { transaction in
            let old = try transaction.quotaRule(of: scope, temporary: order.until != nil)
            let rule = QuotaRule(
                bytes: amount, messages: old?.messages, until: order.until,
                reason: order.reason.isEmpty ? old?.reason ?? "" : order.reason)
            guard old != rule else { return .unchanged }
            let giver = order.needsPool ? try transaction.giver(of: amount, to: scope) : nil
            try transaction.setQuota(rule, for: scope, grace: order.graceSeconds)
            if let giver { try transaction.requireRoom(in: giver) }
            return .changed
        }
    }

    private func rule(of scope: QuotaScope) async throws(AdminError) -> QuotaRule? {
        try await requireGroup(of: scope)
        return try await reading { try $0.quotaRule(of: scope) }
    }

    private func requireGroup(of scope: QuotaScope) async throws(AdminError) {
        switch scope {
        case .organisation(let name): try await requireGroups(name, nil)
        case .accountClass(let name): try await requireGroups(nil, name)
        case .account, .standard: break
        }
    }

    private static func bytes(_ rule: QuotaRule?) -> Int64? {
        if case .limit(let bytes)? = rule?.bytes { bytes } else { nil }
    }
}

extension DirectoryTransaction {
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
        throw StoreError.invalid("more than the pool of org \(name) is granted already")
    }
}
