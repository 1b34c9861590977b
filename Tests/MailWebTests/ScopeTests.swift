import Foundation
import MailMessage
import MailStore
import Testing

@testable import MailWeb

/// Who sees and changes whom: every pair of one who helps and one who is helped.
@Suite struct ScopeTests {
    private struct Missing: Error {}

    private static func some<T>(_ value: T?) throws -> T {
        guard let value else { throw Missing() }
        return value
    }

    /// Accounts of two organisations and of none, one suspended, one removed; by login.
    private static func entries() async throws -> [String: AccountEntry] {
        let path = NSTemporaryDirectory() + "posthus-scope-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try MailStore.create(at: path, isTestStore: true)
        let store = try MailStore(at: path)
        let people = [("ph1", "physics"), ("ph2", "physics"), ("law1", "law"), ("free", ""), ("gone", "physics")]
        try await store.directory.write { transaction in
            try transaction.addDomain(some(MailDomain("a.test")))
            for name in ["physics", "law"] { try transaction.addOrganisation(some(OrganisationName(name))) }
            for (login, organisation) in people {
                let id = try transaction.addAccount(
                    NewAccount(
                        address: some(EmailAddress("\(login)@a.test")), organisation: OrganisationName(organisation)))
                if login == "gone" { try transaction.removeAccount(id) }
                if login == "ph2" { try transaction.suspendAccount(id) }
            }
        }
        var found: [String: AccountEntry] = [:]
        for status in [nil, AccountStatus.removed] {
            for entry in try await store.directory.read({ try $0.accounts(matching: AccountFilter(status: status)) }) {
                found[entry.address.local] = entry
            }
        }
        await store.close()
        return found
    }

    private static func roles(_ names: String...) throws -> Roles {
        var roles = Roles()
        for name in names {
            if name == "operator" {
                roles.isOperator = true
            } else {
                roles.helpdesk.insert(try some(OrganisationName(name)))
            }
        }
        return roles
    }

    @Test func whoSeesWhom() async throws {
        let entries = try await Self.entries()
        let rows: [(roles: Roles, sees: [String])] = [
            (try Self.roles("operator"), ["free", "law1", "ph1", "ph2"]),
            (try Self.roles("operator", "law"), ["free", "law1", "ph1", "ph2"]),
            (try Self.roles("physics"), ["ph1", "ph2"]), (try Self.roles("law"), ["law1"]),
            (try Self.roles("law", "physics"), ["law1", "ph1", "ph2"]), (.none, []),
        ]
        for row in rows {
            let scope = Scope(of: AccountID(999), row.roles)
            #expect(entries.filter { scope.sees($0.value) }.keys.sorted() == row.sees)
            for entry in entries.values where !scope.sees(entry) { #expect(!scope.changes(entry, hasRole: false)) }
        }
    }

    @Test func whoChangesWhom() async throws {
        let entries = try await Self.entries()
        let (one, two) = (try #require(entries["ph1"]), try #require(entries["ph2"]))
        for roles in [try Self.roles("operator"), try Self.roles("physics")] {
            let scope = Scope(of: one.id, roles)
            #expect(scope.changes(two, hasRole: false))
            #expect(!scope.changes(one, hasRole: false) && !scope.changes(one, hasRole: true), "nobody his own")
            #expect(scope.changes(two, hasRole: true) == roles.isOperator)
        }
    }
}
