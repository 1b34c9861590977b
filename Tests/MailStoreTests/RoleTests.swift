import MailMessage
import Testing

@testable import MailStore

@Suite struct RoleTests {
    private static let actor = AuditActor(name: "root", tool: "test", reason: "new helpdesk")

    private static func fixture() async throws -> (DirectoryFixture, anna: AccountID) {
        let fixture = try DirectoryFixture()
        try await fixture.directory.fill()
        try await fixture.directory.write { transaction in
            try transaction.addOrganisation(Made.organisation("physics"))
            try transaction.addOrganisation(Made.organisation("law"))
        }
        return (fixture, try await fixture.directory.id("anna@uni.example"))
    }

    @Test func grantedAndTakenAway() async throws {
        let (fixture, anna) = try await Self.fixture()
        let directory = fixture.directory
        let physics = try Made.organisation("physics")
        #expect(try await directory.roles(of: anna) == .none)
        let made = try await directory.write(by: Self.actor) { transaction in
            [
                try transaction.grant(.operator, to: anna), try transaction.grant(.operator, to: anna),
                try transaction.grant(.helpdesk(physics), to: anna),
            ]
        }
        #expect(made == [true, false, true])
        let roles = try await directory.roles(of: anna)
        #expect(roles.isOperator && roles.helpdesk == [physics])
        #expect(try await directory.read { try $0.roleGrants() }.map(\.grantedBy) == ["root", "root"])
        #expect(try await directory.read { try $0.hasRole(anna) })

        // Another process sees at once what is taken away.
        let other = try fixture.second()
        #expect(try await other.directory.roles(of: anna) == roles)
        try await directory.write { _ = try $0.revoke(.operator, from: anna) }
        #expect(try await other.directory.roles(of: anna).isOperator == false)
        await other.close()
    }

    @Test func suspendedRemovedAndOrganisationsThatGo() async throws {
        let (fixture, anna) = try await Self.fixture()
        let directory = fixture.directory
        let law = try Made.organisation("law")
        try await directory.write { transaction in
            _ = try transaction.grant(.operator, to: anna)
            _ = try transaction.grant(.helpdesk(law), to: anna)
            try transaction.suspendAccount(anna)
        }
        #expect(try await directory.roles(of: anna) == .none)
        #expect(try await directory.read { try $0.hasRole(anna) }, "still nobody's to change but operators'")
        try await directory.write { transaction in
            try transaction.resumeAccount(anna)
            try transaction.removeOrganisation(law)
        }
        let roles = try await directory.roles(of: anna)
        #expect(roles.isOperator && roles.helpdesk.isEmpty)
        try await directory.write { transaction in
            try transaction.removeAccount(anna)
            try transaction.restoreAccount(anna)
        }
        #expect(try await directory.roles(of: anna) == .none)
        #expect(try await directory.read { try $0.roleGrants() }.isEmpty)
    }

    /// Every line says why, without any change knowing of it.
    @Test func reasonsAreKept() async throws {
        let (fixture, anna) = try await Self.fixture()
        try await fixture.directory.write(by: Self.actor) { transaction in
            _ = try transaction.grant(.operator, to: anna)
            try transaction.suspendAccount(anna, reason: "left")
        }
        let lines = try await fixture.directory.read { try $0.audit(of: "account \(anna)", limit: 2) }
        #expect(lines.map(\.action) == ["account suspend", "role grant"])
        #expect(lines.allSatisfy { $0.actor == Self.actor })
        let long = AuditActor(name: "root", reason: String(repeating: "x", count: DirectoryText.maximumLength + 1))
        await #expect(throws: StoreError.self) {
            try await fixture.directory.write(by: long) { _ = try $0.resumeAccount(anna) }
        }
    }
}
