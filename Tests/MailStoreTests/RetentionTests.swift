import MailMessage
import Testing

@testable import MailStore

/// Account over organisation over class over default; holds add up.
@Suite struct RetentionTests {
    private static let day: Int64 = 86_400

    private struct World {
        let directory: Directory
        let clock: DirectoryFixture
        let anna: AccountID
        let bo: AccountID
        let physics: OrganisationName
    }

    /// Anna is a student of physics, Bo is nobody's.
    private func world() async throws -> World {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        let (anna, bo) = (try await directory.id("anna@uni.example"), try await directory.id("bo@uni.example"))
        let physics = try #require(OrganisationName("physics"))
        try await directory.write { transaction in
            try transaction.addOrganisation(physics)
            try transaction.updateAccount(anna, organisation: .set(physics), accountClass: .set(.student))
        }
        return World(directory: directory, clock: fixture, anna: anna, bo: bo, physics: physics)
    }

    private func trash(_ world: World, _ id: AccountID) async throws -> EffectiveRetention.Period {
        try await world.directory.read { try $0.retention(of: id).trash }
    }

    @Test func theNearestDecides() async throws {
        let world = try await world()
        let physics = world.physics
        #expect(try await trash(world, world.anna) == .init(value: .seconds(7 * Self.day), source: .standard))
        let steps: [(RetentionScope, RetentionSource)] = [
            (.standard, .standard), (.accountClass(.student), .accountClass(.student)),
            (.organisation(physics), .organisation(physics)), (.account(world.anna), .account),
        ]
        for (number, (scope, source)) in steps.enumerated() {
            let period = RetentionPeriod.seconds(Int64(number + 1))
            try await world.directory.write { try $0.setRetention(RetentionRule(trash: period), of: scope) }
            #expect(try await trash(world, world.anna) == .init(value: period, source: source))
        }
        #expect(try await trash(world, world.bo) == .init(value: .seconds(1), source: .standard))
        let shortest = try await world.directory.read { try $0.shortestRetention() }
        #expect(shortest.trash == 1 && shortest.junk == nil)
        for (scope, _) in steps.reversed() {
            try await world.directory.write { try $0.setRetention(RetentionRule(), of: scope) }
        }
        #expect(try await trash(world, world.anna).value == EffectiveRetention.standardTrash)
    }

    @Test func neverIsAPeriodToo() async throws {
        let world = try await world()
        try await world.directory.write { try $0.setRetention(RetentionRule(trash: .never), of: .standard) }
        #expect(try await trash(world, world.bo).value == .never)
        #expect(try await world.directory.read { try $0.shortestRetention().trash } == nil)
    }

    @Test func anyHoldHolds() async throws {
        let world = try await world()
        let physics = world.physics
        let hold = RetentionRule(hold: RetentionHold(since: 5, reason: "case"))
        for scope in [.standard, .accountClass(.student), .organisation(physics), .account(world.anna)]
            as [RetentionScope]
        {
            try await world.directory.write { try $0.setRetention(hold, of: scope) }
            #expect(await world.directory.isHeld(world.anna))
            try await world.directory.write { try $0.setRetention(RetentionRule(), of: scope) }
            #expect(await !world.directory.isHeld(world.anna))
        }
    }

    @Test func whatIsHeldIsNotForgotten() async throws {
        let world = try await world()
        let anna = world.anna
        let hold = RetentionRule(hold: RetentionHold(since: 5, reason: "case"))
        try await world.directory.write { try $0.setRetention(hold, of: .account(anna)) }
        try await world.directory.write { try $0.removeAccount(anna) }
        #expect(await world.directory.isHeld(anna))
        let error = await storeError { try await world.directory.write { try $0.forgetAccount(anna) } }
        #expect(error == .notPermitted("a hold keeps everything of account \(anna)"))
    }

    @Test func removedGroupsTakeTheirRulesAlong() async throws {
        let world = try await world()
        let (anna, physics) = (world.anna, world.physics)
        try await world.directory.write {
            try $0.setRetention(RetentionRule(trash: .never), of: .organisation(physics))
        }
        try await world.directory.write { transaction in
            try transaction.updateAccount(anna, organisation: .set(nil))
            try transaction.removeOrganisation(physics)
        }
        #expect(try await world.directory.read { try $0.retentionRules().isEmpty })
    }

    @Test func ofSeveralClassesTheLongestCounts() async throws {
        let world = try await world()
        let anna = world.anna
        try await world.directory.write { transaction in
            try transaction.updateAccount(anna, furtherClasses: .set([.employee]))
            try transaction.setRetention(RetentionRule(trash: .seconds(5), junk: .never), of: .accountClass(.student))
            try transaction.setRetention(
                RetentionRule(trash: .seconds(9), junk: .seconds(3), hold: .init(since: 1, reason: "")),
                of: .accountClass(.employee))
        }
        let found = try await world.directory.read { try $0.retention(of: anna) }
        #expect(found.trash == .init(value: .seconds(9), source: .accountClass(.employee)))
        #expect(found.junk == .init(value: .never, source: .accountClass(.student)))
        #expect(found.heldBy == .accountClass(.employee))
        let candidates = try await world.directory.read { reader in
            var horizon = PurgeHorizon()
            horizon.isEveryone = true
            return try reader.purgeCandidates(within: horizon).filter { $0.id == anna }.map(\.retention)
        }
        #expect(candidates == [found])
    }

    @Test func anImportIsNoted() async throws {
        let world = try await world()
        let bo = world.bo
        try await world.directory.write { try $0.noteImport(into: bo) }
        let retention = try await world.directory.read { try $0.retention(of: bo) }
        let at = try #require(retention.importedAt)
        #expect(retention.protection(at: at + 7 * Self.day - 1) == .imported)
        #expect(retention.protection(at: at + 7 * Self.day) == nil)
    }
}
