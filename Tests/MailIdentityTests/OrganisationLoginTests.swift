import Glibc
import MailMessage
import MailNetwork
import MailStore
import MailTransport
import Synchronization
import Testing

@testable import MailIdentity

/// The organisation knows anna, imported, empty, gone and stranger, each by `campus NAME`.
@Suite struct OrganisationLoginTests {
    private static let origin = LoginOrigin(
        peer: PeerAddress(ip: IPAddress("192.0.2.1").unsafelyUnwrapped, port: 5), service: .web)

    private final class Organisation: Sendable {
        let asked = Mutex<[String]>([])

        func judge(_ name: String, _ password: [UInt8]) -> OutsideVerdict {
            asked.withLock { $0.append(name) }
            if name == "down" { return .unavailable("down") }
            return password == Array("campus \(name)".utf8) ? .right : .wrong
        }
    }

    private static func enter(
        _ login: OrganisationLogin, _ name: String, _ password: String, _ organisation: Organisation
    ) async -> String {
        let outcome = await login.login(
            name: name, password: Array(password.utf8), from: origin, judge: { organisation.judge($0, $1) })
        return word(outcome)
    }

    private static func word(_ outcome: OrganisationOutcome) -> String {
        switch outcome {
        case .success(let entry): "success \(entry.login)"
        case .wrong: "wrong"
        case .locked(let seconds): "locked \(seconds)"
        case .suspended: "suspended"
        case .refused(let refusal): refusal.words
        case .noAccount(let name): "no account \(name)"
        case .unavailable(let words): words
        }
    }

    @Test func whoComesIn() async throws {
        let fixture = try await Fixture()
        let (login, organisation) = (OrganisationLogin(fixture.authenticator(), pool: fixture.pool), Organisation())
        for (name, password, expected) in [
            ("anna", "campus anna", "success anna"), ("ANNA@example.test", "campus anna", "success anna"),
            ("a.anders@example.test", "campus anna", "success anna"), ("anna", "secret", "wrong"),
            // Who has no mail password yet comes in to set one.
            ("empty", "campus empty", "success empty"), ("gone", "campus gone", "suspended"),
            ("stranger", "campus stranger", "no account stranger"), ("stranger", "x", "wrong"), ("down", "x", "down"),
        ] {
            #expect(await Self.enter(login, name, password, organisation) == expected, "\(name) \(password)")
        }
        // Who is not here is asked about as well, and waits as long.
        #expect(
            organisation.asked.withLock { $0 }
                == ["anna", "anna", "anna", "anna", "empty", "gone", "stranger", "stranger", "down"])
        // What the question took is part of the wait.
        let waits = fixture.waits.all.withLock { $0 }
        #expect(waits.count <= 2 && waits.allSatisfy { (1...2_000).contains($0) }, "\(waits)")
        await fixture.close()
    }

    @Test func failuresAreThoseOfAllLogins() async throws {
        let fixture = try await Fixture()
        var limits = FailureLimits()
        limits.perAccountAndAddress = 3
        let authenticator = fixture.authenticator(limits)
        let (login, organisation) = (OrganisationLogin(authenticator, pool: fixture.pool), Organisation())
        for number in 0..<2 { #expect(await Self.enter(login, "anna", "wrong \(number)", organisation) == "wrong") }
        let mail = await authenticator.login(name: "anna", password: Array("wrong".utf8), from: Self.origin)
        #expect(mail.name == "wrong")
        #expect(await Self.enter(login, "anna", "campus anna", organisation).hasPrefix("locked"))
        #expect(
            await authenticator.login(name: "anna", password: Array("secret".utf8), from: Self.origin).name
                .hasPrefix("locked"))
        // Nobody was asked while it was locked.
        #expect(organisation.asked.withLock { $0.count } == 2)
        await fixture.close()
    }

    /// By a login, or an account's own address: whoever bears an alias's name in the organisation is somebody else.
    @Test func whomTheProviderLetsIn() async throws {
        let fixture = try await Fixture()
        let login = OrganisationLogin(fixture.authenticator(), pool: fixture.pool)
        try await fixture.store.directory.write { transaction in
            let address = try #require(EmailAddress("bo@example.test"))
            try transaction.addAccount(NewAccount(address: address, login: LoginName("b.berg")))
        }
        for (name, expected) in [
            ("anna", "success anna"), ("anna@example.test", "success anna"), ("empty", "success empty"),
            ("gone", "suspended"), ("stranger", "no account stranger"), ("ANNA", "success anna"),
            ("Anna@Example.Test", "success anna"), ("a.anders@example.test", "no account a.anders@example.test"),
            ("a.anders", "no account a.anders"), ("bo", "success b.berg"), ("b.berg", "success b.berg"),
        ] {
            #expect(Self.word(await login.admit(name, from: Self.origin)) == expected)
        }
        #expect(fixture.waits.all.withLock { $0.isEmpty })
        await fixture.close()
    }

    /// Whoever sends many passwords at once has no more guesses than with one after the other.
    @Test func whoeverWaitedIsLockedTooByNow() async throws {
        let fixture = try await Fixture()
        var limits = FailureLimits()
        limits.perAccountAndAddress = 3
        let pool = BlockingPool(threads: 1)
        let login = OrganisationLogin(fixture.authenticator(limits), pool: pool)
        let organisation = Organisation()
        let answers = await withTaskGroup(of: String.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let outcome = await login.login(
                        name: "anna", password: Array("wrong \(number)".utf8), from: Self.origin
                    ) { name, password in
                        usleep(50_000)
                        return organisation.judge(name, password)
                    }
                    return Self.word(outcome)
                }
            }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        // One more may have had its turn while the third was being counted.
        let asked = organisation.asked.withLock { $0.count }
        #expect((3...4).contains(asked), "\(asked)")
        #expect(answers.count { $0.hasPrefix("locked") } >= 16)
        await pool.shutDown()
        await fixture.close()
    }

    @Test func questionsFromALockedAddress() async throws {
        let fixture = try await Fixture()
        var limits = FailureLimits()
        limits.perAddress = 2
        let authenticator = fixture.authenticator(limits)
        let login = OrganisationLogin(authenticator, pool: fixture.pool)
        #expect(await login.ask(from: Self.origin) { 7 } == 7)
        for _ in 0..<2 { authenticator.noteMisuse(from: Self.origin.peer) }
        #expect(await login.ask(from: Self.origin) { 7 } == nil)
        await fixture.close()
    }

    /// Whether a new password is the organisation's: so often as one may guess, and no login is locked by it.
    @Test func comparing() async throws {
        let fixture = try await Fixture()
        var limits = FailureLimits()
        limits.perAccountAndAddress = 3
        limits.perAddress = 3
        let login = OrganisationLogin(fixture.authenticator(limits), pool: fixture.pool)
        let organisation = Organisation()
        let anna = try #require(try await fixture.store.directory.entry(login: "anna"))
        func compare(_ password: String) async -> OrganisationComparison {
            await login.compare(
                Array(password.utf8), of: anna, from: Self.origin, judge: { organisation.judge($0, $1) })
        }
        #expect(await compare("campus anna") == .same)
        #expect(await compare("another") == .another)
        #expect(await compare("a third") == .another)
        guard case .tooOften = await compare("campus anna") else {
            Issue.record("a fourth was compared")
            return
        }
        #expect(await Self.enter(login, "anna", "campus anna", organisation) == "success anna")
        await fixture.close()
    }
}
