internal import MailMessage

/// What the limits of an organisation's accounts add up to, beside what they may.
package struct PoolUse: Sendable, Equatable {
    package let organisation: OrganisationName
    package let id: OrganisationID
    package let pool: Int64
    /// `.max` when one of them is unlimited.
    package var granted: Int64 = 0

    /// What can still be granted.
    package var left: Int64 { granted >= pool ? 0 : pool - granted }

    mutating func add(_ limit: Int64?) {
        let (sum, overflow) = granted.addingReportingOverflow(limit ?? .max)
        granted = overflow ? .max : sum
    }
}

extension DirectoryReader {
    /// Of one organisation; nil when it has no pool.
    package func pool(of name: OrganisationName) throws -> PoolUse? {
        var pool = try database("SELECT id, pool_bytes FROM organisation WHERE name = $1 AND pool_bytes IS NOT NULL")
            .first(name.text) { row in
                PoolUse(organisation: name, id: OrganisationID(row.int64(0)), pool: row.int64(1))
            }
        guard let id = pool?.id else { return nil }
        try eachUsage(in: id) { pool?.add($0.granted) }
        return pool
    }

    /// Organisations with a pool. Dated limits count, graces do not.
    package func pools() throws -> [PoolUse] {
        var pools: [PoolUse] = []
        try database("SELECT id, name, pool_bytes FROM organisation WHERE pool_bytes IS NOT NULL ORDER BY name").each {
            row in
            pools.append(
                PoolUse(
                    organisation: OrganisationName(stored: row.text(1)), id: OrganisationID(row.int64(0)),
                    pool: row.int64(2)))
        }
        guard !pools.isEmpty else { return [] }
        var places: [OrganisationID: Int] = [:]
        for (place, pool) in pools.enumerated() { places[pool.id] = place }
        try eachUsage { facts in
            guard let organisation = facts.organisation, let place = places[organisation] else { return }
            pools[place].add(facts.granted)
        }
        return pools
    }
}

extension DirectoryTransaction {
    /// Nil takes the pool away. One below what is granted already takes nothing from anybody, and lets nothing be added.
    package func setPool(_ bytes: Int64?, of name: OrganisationName) throws -> Bool {
        let id = try organisationID(name)
        if let bytes, bytes < 0 { throw StoreError.invalid("a pool below zero") }
        let before = try organisation(name)?.pool
        guard before != bytes else { return false }
        try database("UPDATE organisation SET pool_bytes = $1 WHERE id = $2").run(bytes, id)
        try record("quota pool", "org \(name)", before.map(String.init) ?? "none", bytes.map(String.init) ?? "none")
        return true
    }

    /// Before whatever can raise a limit.
    func notePools() throws { if poolsBefore == nil { poolsBefore = try pools() } }

    /// At the end of every transaction: what was granted within it must fit.
    func checkPools() throws {
        guard let before = poolsBefore, !before.isEmpty else { return }
        knownLevels = [:]
        for pool in try pools() where pool.granted > pool.pool {
            let old = before.first { $0.id == pool.id }?.granted ?? 0
            guard pool.granted > old else { continue }
            throw StoreError.overPool(Self.words(pool, before: old))
        }
    }

    private static func words(_ pool: PoolUse, before: Int64) -> String {
        let sum = pool.granted == .max ? "no limit at all" : SizeText.format(pool.granted)
        return "the limits of org \(pool.organisation) would add up to \(sum); its pool is "
            + "\(SizeText.format(pool.pool)), of which \(SizeText.format(before)) are granted"
    }
}
