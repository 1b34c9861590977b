import MailStore
import Testing

@testable import MailIdentity

@Suite struct LoginSpellingTests {
    @Test(arguments: [
        ("Anna", "anna"), ("Anna@Example.ORG", "anna@example.org"), ("\"anna\"@example.org", "anna@example.org"),
        ("\"a\\nna\"@example.org", "anna@example.org"), ("anna@m\u{fc}nchen.example", "anna@xn--mnchen-3ya.example"),
        ("no address at all", "no address at all"),
    ])
    func oneNameIsCountedOnce(name: String, key: String) { #expect(LoginSpelling.key(of: name) == key) }

    /// Whoever asks for a salt learns nothing: a name that nobody has keeps one, however it is written.
    @Test func nobodyHasOneSalt() async throws {
        let authenticator = try await Fixture().authenticator()
        var salts: Set<[UInt8]> = []
        for name in ["ghost", "GHOST", "ghost@example.test", "\"ghost\"@example.test"] {
            salts.insert(try await authenticator.scramKeys(name: name).keys.salt)
        }
        #expect(salts.count == 1)
        #expect(try await !salts.contains(authenticator.scramKeys(name: "ghost2").keys.salt))
    }
}
