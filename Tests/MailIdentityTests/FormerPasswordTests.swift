import MailCrypto
import MailMessage
import MailNetwork
import MailStore
import MailTransport
import Synchronization
import Testing

@testable import MailIdentity

/// Devices that go on using the password from before a change.
@Suite struct FormerPasswordTests {
    private static let home = LoginOrigin(
        peer: PeerAddress(ip: IPAddress("192.0.2.1").unsafelyUnwrapped, port: 5), service: .imap)
    private static let elsewhere = LoginOrigin(
        peer: PeerAddress(ip: IPAddress("198.51.100.1").unsafelyUnwrapped, port: 5), service: .imap)

    private static func change(
        to text: String, formerSeconds: EpochSeconds = FormerPassword.standardSeconds, in fixture: Fixture
    ) async throws {
        let directory = fixture.store.directory
        let id = try #require(try await directory.entry(login: "anna")).id
        let before = try await directory.credential(of: id)
        let password = try #require(PreparedPassword(Array(text.utf8)))
        let credential = try PasswordChange.credential(for: password, after: before, at: 2)
        try await PasswordChange.set(
            credential, of: id, formerSeconds: formerSeconds, in: fixture.store, by: "test")
    }

    private static func login(
        _ authenticator: Authenticator, _ password: String, from origin: LoginOrigin = home
    ) async -> String {
        await authenticator.login(name: "anna", password: Array(password.utf8), from: origin).name
    }

    /// Told where she has come in from; anywhere else it is a wrong password.
    @Test func theOldOneIsToldAtHomeOnly() async throws {
        let fixture = try await Fixture()
        let authenticator = fixture.authenticator()
        #expect(await Self.login(authenticator, "secret") == "success anna")
        try await Self.change(to: "another", in: fixture)
        #expect(await Self.login(authenticator, "secret") == "changed, told")
        #expect(await Self.login(authenticator, "secret", from: Self.elsewhere) == "changed")
        #expect(await Self.login(authenticator, "guess") == "wrong")
        #expect(await Self.login(authenticator, "another") == "success anna")
        await fixture.close()
    }

    /// However often it comes; guesses beside it count as ever.
    @Test func itBansNobody() async throws {
        let fixture = try await Fixture()
        var limits = FailureLimits()
        (limits.perAccountAndAddress, limits.perAddress, limits.perAccount) = (2, 3, 3)
        let authenticator = fixture.authenticator(limits)
        try await Self.change(to: "another", in: fixture)
        for _ in 0..<5 { #expect(await Self.login(authenticator, "secret") == "changed") }
        #expect(await Self.login(authenticator, "a") == "wrong")
        #expect(await Self.login(authenticator, "secret") == "changed")
        #expect(await Self.login(authenticator, "another") == "success anna")
        for guess in ["a", "b"] { #expect(await Self.login(authenticator, guess) == "wrong") }
        #expect(await Self.login(authenticator, "secret") == "locked 900")
        await fixture.close()
    }

    /// As for a wrong password that comes for the first time.
    @Test func itWaitsLikeAWrongOne() async throws {
        let fixture = try await Fixture()
        var limits = FailureLimits()
        // Far longer than a hash takes on a busy machine: what it took is taken off.
        (limits.delayMilliseconds, limits.maximumDelayMilliseconds) = (200_000, 3_000_000)
        let authenticator = fixture.authenticator(limits)
        try await Self.change(to: "another", in: fixture)
        for password in ["secret", "a", "secret", "b"] { _ = await Self.login(authenticator, password) }
        let waits = fixture.waits.all.withLock { $0 }
        #expect(waits.count == 4)
        for (wait, expected) in zip(waits, [200_000, 200_000, 400_000, 400_000]) {
            #expect((expected - 60_000...expected).contains(wait), "\(waits)")
        }
        await fixture.close()
    }

    @Test func onlyTheLastOneIsRecognisedAndOnlyWhileItMayBe() async throws {
        let fixture = try await Fixture()
        let authenticator = fixture.authenticator()
        try await Self.change(to: "another", in: fixture)
        try await Self.change(to: "a third", in: fixture)
        #expect(await Self.login(authenticator, "secret") == "wrong")
        #expect(await Self.login(authenticator, "another") == "changed")
        try await Self.change(to: "stolen before", formerSeconds: 0, in: fixture)
        #expect(await Self.login(authenticator, "a third") == "wrong")
        await fixture.close()
    }

    @Test(arguments: [("secret", "changed"), ("guess", "wrong"), ("another", "success anna")])
    func scram(password: String, expected: String) async throws {
        let fixture = try await Fixture()
        try await Self.change(to: "another", in: fixture)
        let authenticator = fixture.authenticator()
        #expect(await fixture.scram("anna", password, authenticator, from: Self.home) == expected)
        await fixture.close()
    }

    /// It is counted for nobody, and told at home as with a plain login.
    @Test func scramAtHome() async throws {
        let fixture = try await Fixture()
        var limits = FailureLimits()
        limits.perAccountAndAddress = 2
        let authenticator = fixture.authenticator(limits)
        #expect(await fixture.scram("anna", "secret", authenticator, from: Self.home) == "success anna")
        try await Self.change(to: "another", in: fixture)
        for _ in 0..<4 {
            #expect(await fixture.scram("anna", "secret", authenticator, from: Self.home) == "changed, told")
        }
        #expect(await fixture.scram("anna", "another", authenticator, from: Self.home) == "success anna")
        await fixture.close()
    }

    /// Keys with another salt cannot recognise it: then it is wrong, and nothing worse.
    @Test func scramWithAnotherSalt() async throws {
        let fixture = try await Fixture()
        let id = try #require(try await fixture.store.directory.entry(login: "anna")).id
        let credential = try PasswordChange.credential(
            for: try #require(PreparedPassword(Array("another".utf8))), at: 2)
        try await PasswordChange.set(credential, of: id, in: fixture.store, by: "test")
        let authenticator = fixture.authenticator()
        #expect(await fixture.scram("anna", "secret", authenticator, from: Self.home) == "wrong")
        #expect(await Self.login(authenticator, "secret") == "changed")
        await fixture.close()
    }

    @Test func theOldOneLetsNobodyIn() async throws {
        let fixture = try await Fixture()
        try await Self.change(to: "another", in: fixture)
        let id = try #require(try await fixture.store.directory.entry(login: "anna")).id
        let facts = try await fixture.store.directory.loginFacts(of: id, handle: nil)
        let former = try #require(facts.former)
        #expect(former.scram?.serverKey == [] && "\(former)" == "FormerPassword(hidden)")
        try await PasswordChange.set(nil, of: id, in: fixture.store, by: "test")
        #expect(try await fixture.store.directory.loginFacts(of: id, handle: nil).former == nil)
        #expect(await Self.login(fixture.authenticator(), "another") == "no password")
        await fixture.close()
    }

    @Test func theWebSessionsEndWithThePassword() async throws {
        let fixture = try await Fixture()
        let sessions = fixture.store.web.sessions
        let id = try #require(try await fixture.store.directory.entry(login: "anna")).id
        let (mine, session) = try await sessions.create(id, role: .user, client: "", address: "")
        let (other, _) = try await sessions.create(id, role: .user, client: "", address: "")
        let credential = Credential(hash: "$y$j9T$x", changedAt: 2)
        try await PasswordChange.set(credential, of: id, except: session.id, in: fixture.store, by: "test")
        #expect(try await sessions.find(mine) != nil)
        #expect(try await sessions.find(other) == nil)
        await fixture.close()
    }
}
