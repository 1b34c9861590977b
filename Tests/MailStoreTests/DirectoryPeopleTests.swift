import Foundation
import MailMessage
import Testing

@testable import MailStore

/// What is said of people beside their names: app passwords, switches, last days, and who is kept out.
@Suite struct DirectoryPeopleTests {
    private func filled() async throws -> (DirectoryFixture, AccountID) {
        let fixture = try DirectoryFixture()
        try await fixture.directory.fill()
        try await fixture.directory.write { transaction in
            _ = try transaction.addOrganisation(Made.organisation("physics"), contact: "it@uni.example")
            let id = try #require(try transaction.account(address: Made.address("anna@uni.example"))).id
            try transaction.updateAccount(
                id, organisation: .set(try Made.organisation("physics")), accountClass: .set(.student))
        }
        let anna = try #require(try await fixture.directory.entry(address: Made.address("anna@uni.example")))
        return (fixture, anna.id)
    }

    private func password(_ handle: String, _ name: String, expiresAt: EpochSeconds? = nil) throws -> NewAppPassword {
        NewAppPassword(
            handle: try #require(AppPasswordHandle(handle)), digest: [1, 2], name: name, services: [.imap, .smtp],
            expiresAt: expiresAt)
    }

    @Test func appPasswords() async throws {
        let (fixture, anna) = try await filled()
        let directory = fixture.directory
        let first = try password("aaaaa", "phone")
        let second = try password("bbbbb", "laptop", expiresAt: 1_800_000_100)
        try await directory.write { transaction in
            try transaction.addAppPassword(first, to: anna)
            try transaction.addAppPassword(second, to: anna)
        }
        let entries = try await directory.read { try $0.appPasswords(of: anna) }
        #expect(entries.map(\.name) == ["laptop", "phone"] && entries[0].services.names == ["imap", "smtp"])
        #expect(try await directory.read { try $0.liveAppPasswords(of: anna).count } == 2)
        fixture.clock.advance(by: 100)
        #expect(try await directory.read { try $0.liveAppPasswords(of: anna).map(\.text) } == ["aaaaa"])
        for (new, error) in [
            (try password("ccccc", "phone"), StoreError.exists("app password \"phone\"")),
            (try password("aaaaa", "other"), .exists("app password aaaaa")),
            (try password("ccccc", ""), .invalid("an app password needs a name")),
        ] {
            await #expect(throws: error) { try await directory.write { try $0.addAppPassword(new, to: anna) } }
        }
        #expect(try await directory.write { try $0.revokeAppPassword("phone", of: anna) })
        #expect(try await !directory.write { try $0.revokeAppPassword("phone", of: anna) })
        #expect(try await directory.write { try $0.revokeAllAppPasswords(of: anna) } == 1)
    }

    @Test func fiftyAreEnough() async throws {
        let (fixture, anna) = try await filled()
        let letters = AppPasswordAlphabet.characters.map { String(UnicodeScalar($0)) }
        let handles = letters.flatMap { first in letters.map { "\(first)\($0)aaa" } }
        let most = Int(DirectoryTransaction.mostAppPasswords)
        for handle in handles.prefix(most) {
            let new = try password(handle, handle)
            try await fixture.directory.write { try $0.addAppPassword(new, to: anna) }
        }
        let beyond = try password("99999", "one more")
        await #expect(throws: StoreError.self) {
            try await fixture.directory.write { try $0.addAppPassword(beyond, to: anna) }
        }
    }

    /// Account over organisation over class over default; what nobody mentions is on.
    @Test func featuresAreResolved() async throws {
        let (fixture, anna) = try await filled()
        let directory = fixture.directory
        let physics = try Made.organisation("physics")
        let steps: [(RuleScope, Bool?, Bool, String)] = [
            (.standard, nil, true, "default"), (.standard, false, false, "default"),
            (.accountClass(.student), true, true, "class:student"),
            (.organisation(physics), false, false, "org:physics"),
            (.account(anna), true, true, "account"), (.account(anna), nil, false, "org:physics"),
            (.organisation(physics), nil, true, "class:student"),
            (.accountClass(.employee), false, true, "class:student"),
        ]
        for (scope, rule, isOn, source) in steps {
            try await directory.write { try $0.setFeature(.imap, rule, for: scope) }
            let state = try await directory.loginFacts(of: anna, handle: nil).features[.imap]
            #expect(state.isOn == isOn && state.source.description == source, "\(scope)")
        }
        #expect(try await directory.loginFacts(of: anna, handle: nil).contact == "it@uni.example")
        #expect(try await directory.loginFacts(of: anna, handle: nil).features.isOn(.pop))
    }

    /// A person with several roles may do what one of them may.
    @Test func oneOfSeveralClassesIsEnough() async throws {
        let (fixture, anna) = try await filled()
        let directory = fixture.directory
        try await directory.write { transaction in
            try transaction.setFurtherClasses([.employee], of: anna)
            try transaction.setFeature(.pop, false, for: .accountClass(.student))
        }
        #expect(try await !directory.loginFacts(of: anna, handle: nil).features.isOn(.pop))
        try await directory.write { try $0.setFeature(.pop, true, for: .accountClass(.employee)) }
        let state = try await directory.loginFacts(of: anna, handle: nil).features[.pop]
        #expect(state.isOn && state.source.description == "class:employee")
    }

    @Test(arguments: ExpiryAction.allCases) func lastDays(_ action: ExpiryAction) async throws {
        let (fixture, anna) = try await filled()
        let directory = fixture.directory
        let day = fixture.clock.now + 100
        try await directory.write { transaction in
            try transaction.setForward(Forward(to: Made.address("anna@away.example")), of: anna)
            try transaction.updateAccount(anna, expiresAt: .set(day), expiresThen: .set(action))
        }
        #expect(try await directory.read { try $0.dueExpiries() }.isEmpty)
        #expect(try await directory.read { try $0.expiries(through: day).map(\.id) } == [anna])
        #expect(try await directory.read { try $0.expiries(through: day - 1) }.isEmpty)
        fixture.clock.advance(by: 100)
        #expect(try await directory.read { try $0.dueExpiries().map(\.id) } == [anna])
        try await directory.write { try $0.carryOutExpiry(of: anna) }
        #expect(try await directory.read { try $0.dueExpiries() }.isEmpty)
        let entry = try #require(try await directory.entry(id: anna))
        #expect(entry.status == (action == .remove ? .removed : .suspended))
        #expect(entry.reason == (action == .suspend ? "expired" : ""))
    }

    /// A new day undoes what the old one did; resuming alone would be undone by the clock, so it is refused.
    @Test func anotherDay() async throws {
        let (fixture, anna) = try await filled()
        let directory = fixture.directory
        let now = fixture.clock.now
        try await directory.write { transaction in
            try transaction.updateAccount(anna, expiresAt: .set(now), expiresThen: .set(.suspend))
            try transaction.carryOutExpiry(of: anna)
        }
        await #expect(throws: StoreError.self) { try await directory.write { try $0.resumeAccount(anna) } }
        try await directory.write { try $0.updateAccount(anna, expiresAt: .set(now + 10)) }
        #expect(try await directory.entry(id: anna)?.status == .noPassword)
        fixture.clock.advance(by: 10)
        #expect(try await directory.read { try $0.dueExpiries().map(\.id) } == [anna])
        try await directory.write { try $0.updateAccount(anna, expiresAt: .set(nil)) }
        #expect(try await directory.entry(id: anna)?.expiresThen == nil)
        await #expect(throws: StoreError.self) {
            try await directory.write { try $0.updateAccount(anna, expiresThen: .set(.remove)) }
        }
    }

    /// An administrator's suspension is not an expiry's: it keeps its reason, and a new day does not lift it.
    @Test func suspensionsStay() async throws {
        let (fixture, anna) = try await filled()
        let directory = fixture.directory
        let now = fixture.clock.now
        try await directory.write { transaction in
            try transaction.suspendAccount(anna, reason: "lost phone")
            try transaction.updateAccount(anna, expiresAt: .set(now), expiresThen: .set(.suspend))
            try transaction.carryOutExpiry(of: anna)
            try transaction.updateAccount(anna, expiresAt: .set(nil))
        }
        let entry = try #require(try await directory.entry(id: anna))
        #expect(entry.status == .suspended && entry.reason == "lost phone")
    }

    @Test func personsWhoAreNotActive() async throws {
        let (fixture, anna) = try await filled()
        let directory = fixture.directory
        #expect(try await directory.write { try $0.setDisabled(true, anna) })
        #expect(try await !directory.write { try $0.setDisabled(true, anna) })
        #expect(try await directory.entry(id: anna)?.status == .suspended)
        await #expect(throws: StoreError.self) { try await directory.write { try $0.resumeAccount(anna) } }
        #expect(try await directory.write { try $0.setDisabled(false, anna) })
        #expect(try await directory.entry(id: anna)?.status == .noPassword)
    }

    @Test func blocks() async throws {
        let (fixture, _) = try await filled()
        let directory = fixture.directory
        let until = fixture.clock.now + 50
        #expect(try await directory.write { try $0.block("192.0.2.0/24", reason: "scans", until: until) })
        #expect(try await directory.write { try $0.block("192.0.2.9", reason: "", until: nil) })
        #expect(try await !directory.write { try $0.block("192.0.2.9", reason: "", until: nil) })
        #expect(try await directory.read { try $0.blockedPrefixes().count } == 2)
        fixture.clock.advance(by: 50)
        #expect(try await directory.read { try $0.blockedPrefixes().map(\.prefix) } == ["192.0.2.9"])
        #expect(try await directory.read { try $0.blockedPrefixes(all: true).count } == 2)
        #expect(try await directory.write { try $0.unblock("192.0.2.9") })
        #expect(try await !directory.write { try $0.unblock("192.0.2.9") })
    }
}
