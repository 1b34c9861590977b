import Testing

@testable import MailStore

@Suite struct AccountPreferencesTests {
    @Test func theyAreKeptAndSay() async throws {
        let fixture = try DirectoryFixture()
        try await fixture.directory.fill()
        let found = try await fixture.directory.entry(login: "anna01")
        let (id, directory) = (try #require(found).id, fixture.directory)
        #expect(try await directory.read { try $0.preferences(of: id) } == AccountPreferences())
        let wanted = AccountPreferences(language: "sv", signature: "Anna\r\nÖberg")
        #expect(try await directory.write { try $0.setPreferences(wanted, of: id) })
        #expect(try await directory.write { try $0.setPreferences(wanted, of: id) } == false)
        let kept = AccountPreferences(language: "sv", signature: "Anna\nÖberg")
        #expect(try await directory.read { try $0.preferences(of: id) } == kept)
        #expect(try await directory.entry(id: id)?.language == "sv")
        #expect(try await directory.write { try $0.setPreferences(AccountPreferences(), of: id) })
        #expect(try await directory.read { try $0.preferences(of: id) } == AccountPreferences())
    }

    @Test(arguments: [
        (String(repeating: "x", count: AccountPreferences.longestSignature), true),
        (String(repeating: "x", count: AccountPreferences.longestSignature + 1), false), ("a\u{7}", false),
        ("a\tb\n", true),
    ])
    func bounds(signature: String, fits: Bool) async throws {
        let fixture = try DirectoryFixture()
        try await fixture.directory.fill()
        let found = try await fixture.directory.entry(login: "anna01")
        let id = try #require(found).id
        let wanted = AccountPreferences(signature: signature)
        let isSet = try? await fixture.directory.write { try $0.setPreferences(wanted, of: id) }
        #expect((isSet == true) == fits)
    }
}
