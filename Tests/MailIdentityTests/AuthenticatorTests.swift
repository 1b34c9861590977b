import Foundation
import MailCrypto
import MailMessage
import MailNetwork
import MailStore
import MailTransport
import Synchronization
import Testing

@testable import MailIdentity

/// A store with anna (password and SCRAM keys), imported (a foreign hash), empty (no password) and gone (suspended).
final class Fixture: Sendable {
    let folder: URL
    let store: MailStore
    let pool = BlockingPool()
    let waits = Waits()

    final class Waits: Sendable {
        let all = Mutex<[Int]>([])
    }

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try MailStore.create(at: folder.path, isTestStore: true)
        store = try MailStore(at: folder.path)
        let secret = try #require(PreparedPassword(Array("secret".utf8)))
        let own = try PasswordChange.credential(for: secret, at: 1)
        let foreign = Credential(hash: own.hash, scram: nil, changedAt: 1)
        try await store.directory.write { transaction in
            _ = try transaction.addDomain(MailDomain("example.test") ?? { throw StoreError.closed }())
            func add(_ name: String, _ credential: Credential?, suspended: Bool = false, aliases: [String] = []) throws
            {
                let address = try #require(EmailAddress("\(name)@example.test"))
                try transaction.addAccount(
                    NewAccount(
                        address: address, login: LoginName(name), aliases: aliases.compactMap { EmailAddress($0) },
                        credential: credential, suspended: suspended))
            }
            try add("anna", own, aliases: ["a.anders@example.test"])
            try add("imported", foreign)
            try add("empty", nil)
            try add("gone", own, suspended: true)
        }
    }

    func authenticator(_ limits: FailureLimits = FailureLimits()) -> Authenticator {
        var policy = LoginPolicy()
        policy.limits = limits
        let waits = waits
        return Authenticator(
            store: store, pool: pool, policy: policy, clock: { 1_000 },
            sleep: { wait in waits.all.withLock { $0.append(wait) } })
    }

    func close() async {
        await store.close()
        await pool.shutDown()
        try? FileManager.default.removeItem(at: folder)
    }
}

private let origin = LoginOrigin(
    peer: PeerAddress(ip: IPAddress("192.0.2.1").unsafelyUnwrapped, port: 5), service: .imap)

extension LoginOutcome {
    var name: String {
        switch self {
        case .success(let admission): "success \(admission.entry.login)"
        case .wrong: "wrong"
        case .passwordChanged(let isTold): isTold ? "changed, told" : "changed"
        case .locked(let seconds): "locked \(seconds)"
        case .suspended: "suspended"
        case .refused(let refusal): refusal.words
        case .noPassword: "no password"
        case .unavailable: "unavailable"
        }
    }
}

@Suite struct AuthenticatorTests {
    /// RFC 8265: the same letters, however a keyboard puts them together; and hashes that were made before anybody composed.
    @Test(arguments: [
        ("\u{e5}sa", "\u{e5}sa", true), ("\u{e5}sa", "a\u{30a}sa", true), ("a\u{30a}sa", "a\u{30a}sa", true),
        ("\u{e5}sa", "asa", false),
    ]) func spellings(stored: String, typed: String, isRight: Bool) async throws {
        let fixture = try await Fixture()
        let hash = try PasswordHash.make(Array(stored.utf8))
        try await fixture.store.directory.write { transaction in
            let id = try #require(try transaction.account(login: "imported")).id
            try transaction.setCredential(Credential(hash: hash, scram: nil, changedAt: 2), of: id)
        }
        let outcome = await fixture.authenticator().login(
            name: "imported", password: Array(typed.utf8), from: origin)
        if case .success = outcome { #expect(isRight) } else { #expect(!isRight, "\(outcome)") }
        await fixture.close()
    }

    @Test func plainLogins() async throws {
        let fixture = try await Fixture()
        let authenticator = fixture.authenticator()
        for (name, password, expected) in [
            ("anna", "secret", "success anna"), ("ANNA@example.test", "secret", "success anna"),
            ("a.anders@example.test", "secret", "success anna"), ("anna", "Secret", "wrong"), ("anna", "", "wrong"),
            ("nobody", "secret", "wrong"), ("empty", "secret", "no password"), ("gone", "secret", "suspended"),
            ("gone", "wrong", "wrong"), ("imported", "secret", "success imported"),
        ] {
            let outcome = await authenticator.login(name: name, password: Array(password.utf8), from: origin)
            #expect(outcome.name == expected, "\(name) \(password)")
        }
        #expect(fixture.waits.all.withLock { $0 } == [2_000, 4_000, 2_000, 2_000, 2_000])
        await fixture.close()
    }

    @Test func foreignHashGetsItsKeysAtTheFirstLogin() async throws {
        let fixture = try await Fixture()
        let authenticator = fixture.authenticator()
        let id = try #require(try await fixture.store.directory.entry(login: "imported")).id
        #expect(try await fixture.store.directory.credential(of: id)?.scram == nil)
        _ = await authenticator.login(name: "imported", password: Array("wrong".utf8), from: origin)
        #expect(try await fixture.store.directory.credential(of: id)?.scram == nil)
        _ = await authenticator.login(name: "imported", password: Array("secret".utf8), from: origin)
        #expect(try await fixture.store.directory.credential(of: id)?.scram?.iterations == 4_096)
        await fixture.close()
    }

    @Test func changedPasswordCountsAtOnce() async throws {
        let fixture = try await Fixture()
        let authenticator = fixture.authenticator()
        let secret = Array("secret".utf8)
        #expect(await authenticator.login(name: "anna", password: secret, from: origin).name == "success anna")
        let id = try #require(try await fixture.store.directory.entry(login: "anna")).id
        let other = try PasswordChange.credential(for: try #require(PreparedPassword(Array("another".utf8))), at: 2)
        try await PasswordChange.set(other, of: id, in: fixture.store, by: "test")
        #expect(await authenticator.login(name: "anna", password: secret, from: origin).name == "changed, told")
        #expect(
            await authenticator.login(name: "anna", password: Array("another".utf8), from: origin).name
                == "success anna")
        await fixture.close()
    }

    /// Whoever sends many passwords at once has no more guesses than with one after the other.
    @Test func guessingAtOnceIsStoppedAsWell() async throws {
        let fixture = try await Fixture()
        var limits = FailureLimits()
        limits.perAccountAndAddress = 3
        let authenticator = fixture.authenticator(limits)
        let answers = await withTaskGroup(of: String.self) { group in
            for number in 0..<30 {
                group.addTask {
                    await authenticator.login(name: "anna", password: Array("wrong \(number)".utf8), from: origin).name
                }
            }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        // A few more may have been on a thread already.
        #expect((3...10).contains(answers.count { $0 == "wrong" }), "\(answers)")
        #expect(answers.allSatisfy { $0 == "wrong" || $0.hasPrefix("locked") }, "\(answers)")
        await fixture.close()
    }

    @Test func guessingIsStopped() async throws {
        let fixture = try await Fixture()
        var limits = FailureLimits()
        limits.perAccountAndAddress = 2
        let authenticator = fixture.authenticator(limits)
        for guess in ["a", "b"] {
            _ = await authenticator.login(name: "anna", password: Array(guess.utf8), from: origin)
        }
        #expect(
            await authenticator.login(name: "anna", password: Array("secret".utf8), from: origin).name == "locked 900")
        await fixture.close()
    }

    @Test(arguments: [
        ("anna", "secret", "success anna"), ("anna", "wrong", "wrong"), ("nobody", "secret", "wrong"),
        ("imported", "secret", "wrong"), ("gone", "secret", "suspended"),
    ])
    func scram(_ name: String, _ password: String, _ expected: String) async throws {
        let fixture = try await Fixture()
        #expect(await fixture.scram(name, password, fixture.authenticator(), from: origin) == expected)
        await fixture.close()
    }
}

extension Fixture {
    /// A client of SCRAM-SHA-256: what became of its login. The server's signature is checked.
    func scram(
        _ name: String, _ password: String, _ authenticator: Authenticator, from origin: LoginOrigin
    ) async -> String {
        var exchange = authenticator.scram(plus: false, bindings: [], from: origin)
        guard case .challenge(let first) = await exchange.clientFirst(Array("n,,n=\(name),r=abc".utf8)) else {
            return "no challenge"
        }
        let parts = String(decoding: first, as: UTF8.self).split(separator: ",")
        let salt = Base64.decode(String(parts[1].dropFirst(2))) ?? []
        let salted = pbkdf2SHA256(
            password: Array(password.utf8), salt: salt, iterations: Int(parts[2].dropFirst(2)) ?? 0)
        let clientKey = hmacSHA256(key: salted, Array("Client Key".utf8))
        let without = "c=biws,\(parts[0])"
        let message = Array("n=\(name),r=abc,".utf8) + first + Array(",\(without)".utf8)
        let proof = zip(clientKey, hmacSHA256(key: sha256(clientKey), message)).map { $0 ^ $1 }
        switch await exchange.clientFinal(Array("\(without),p=\(Base64.encode(proof))".utf8)) {
        case .success(let admission, let final):
            let serverKey = hmacSHA256(key: salted, Array("Server Key".utf8))
            #expect(final == Array("v=\(Base64.encode(hmacSHA256(key: serverKey, message)))".utf8))
            return LoginOutcome.success(admission).name + (admission.appPassword == nil ? "" : " by app")
        case .failed(let outcome, _): return outcome.name
        }
    }
}
