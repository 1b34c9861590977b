import MailMessage
import Testing

@testable import MailStore

@Suite struct AccountSearchTests {
    private static let people: [(address: String, login: String, name: String, org: String?, accountClass: String?)] = [
        ("anna@uni.example", "anna01", "Anna Åström", "physics", "student"),
        ("asa.oberg@uni.example", "asaob", "ÅSA ÖBERG", "physics", "employee"),
        ("bo_100%@uni.example", "bo", "Bo 100%", "law", "student"),
        ("cy@uni.example", "cy", "Cy Annason", nil, nil),
    ]

    private static func fixture() async throws -> DirectoryFixture {
        let fixture = try DirectoryFixture()
        try await fixture.directory.write { transaction in
            try transaction.addDomain(Made.domain("uni.example"))
            for name in ["physics", "law"] { try transaction.addOrganisation(Made.organisation(name)) }
            for person in people {
                try transaction.addAccount(
                    NewAccount(
                        address: Made.address(person.address), login: Made.login(person.login), name: person.name,
                        organisation: try person.org.map { try Made.organisation($0) },
                        accountClass: try person.accountClass.map { try Made.accountClass($0) }))
            }
        }
        return fixture
    }

    @Test(arguments: [
        ("anna", ["anna01", "cy"]), ("ANNA", ["anna01", "cy"]), ("anna åst", ["anna01"]), ("Åsa", ["asaob"]),
        ("åsa öberg", ["asaob"]), ("öbe", ["asaob"]), ("student", ["anna01", "bo"]), ("student anna", ["anna01"]),
        ("law", ["bo"]), ("0%", ["bo"]), ("o_1", ["bo"]), ("_", ["bo"]), ("%", ["bo"]), ("\\", []), ("é", []),
        ("@uni.example", ["anna01", "asaob", "bo", "cy"]), ("' OR 1=1", []), ("nobody", []),
        ("a n nn x", ["anna01", "cy"]),
    ])
    func words(_ text: String, _ logins: [String]) async throws {
        let fixture = try await Self.fixture()
        let hits = try await fixture.directory.read { try $0.search(AccountSearch(text), limit: 10) }
        #expect(hits.entries.map(\.login.text) == logins && hits.total == logins.count)
    }

    @Test func onlyAmongOnesOwn() async throws {
        let fixture = try await Self.fixture()
        let physics = try Made.organisation("physics")
        let search = AccountSearch("", among: [physics])
        let hits = try await fixture.directory.read { try $0.search(search, limit: 10) }
        #expect(hits.entries.map(\.login.text) == ["anna01", "asaob"] && hits.total == 2)
        for names in [[], [try Made.organisation("nowhere")]] {
            let none = try await fixture.directory.read {
                try $0.search(AccountSearch("anna", among: Set(names)), limit: 9)
            }
            #expect(none == AccountHits(entries: [], total: 0))
        }
    }

    @Test func theRestIsCountedAndTheRemovedAreNotThere() async throws {
        let fixture = try await Self.fixture()
        let few = try await fixture.directory.read { try $0.search(AccountSearch("uni"), limit: 1) }
        #expect(few.entries.map(\.login.text) == ["anna01"] && few.total == 4)
        let bo = try await fixture.directory.id("bo_100%@uni.example")
        try await fixture.directory.write { try $0.removeAccount(bo) }
        let rest = try await fixture.directory.read { try $0.search(AccountSearch(""), limit: 9) }
        #expect(rest.total == 3)
    }
}
