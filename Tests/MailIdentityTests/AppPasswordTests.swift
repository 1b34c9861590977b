import Foundation
import MailMessage
import MailNetwork
import MailStore
import MailTransport
import Testing

@testable import MailIdentity

@Suite struct AppPasswordTests {
    private func origin(_ service: LoginOrigin.Service) -> LoginOrigin {
        LoginOrigin(peer: PeerAddress(ip: IPAddress(v4: 0xc000_0201), port: 5), service: service)
    }

    private func make(
        _ fixture: Fixture, _ user: String, _ name: String = "phone", _ services: AppPasswordServices = .all,
        expiresAt: EpochSeconds? = nil, withScram: Bool = true
    ) async throws -> AppPasswordSecret {
        let secret = AppPasswordSecret()
        let id = try #require(try await fixture.store.directory.entry(login: user)).id
        let keys = withScram ? secret.scramKeys(like: try await fixture.store.directory.scramFrame(of: id)) : nil
        try await fixture.store.directory.write {
            try $0.addAppPassword(
                NewAppPassword(
                    handle: secret.handle, digest: secret.digest, name: name, services: services, expiresAt: expiresAt,
                    scram: keys), to: id)
        }
        return secret
    }

    @Test func textsThatAreOne() throws {
        let secret = AppPasswordSecret()
        #expect(secret.text.wholeMatch(of: /([a-kmnp-z2-9]{5}-){4}[a-kmnp-z2-9]{5}/) != nil)
        #expect(secret.text.hasPrefix(secret.handle.text + "-") && AppPasswordSecret().text != secret.text)
        for spelling in [
            secret.text, secret.text.uppercased(), secret.text.replacing("-", with: ""),
            secret.text.replacing("-", with: " "), " \(secret.text) ",
        ] { #expect(AppPasswordSecret(typed: Array(spelling.utf8))?.digest == secret.digest, "\(spelling)") }
        let letters = secret.text.replacing("-", with: "")
        for other in [
            "", "secret", letters + "a", String(letters.dropLast()), letters.dropLast() + "l", letters + "\0",
        ] {
            #expect(AppPasswordSecret(typed: Array(other.utf8)) == nil, "\(other)")
        }
        #expect(AppPasswordSecret(typed: [UInt8](repeating: 0x2d, count: 1 << 20)) == nil)
    }

    @Test func whoComesIn() async throws {
        let fixture = try await Fixture()
        let authenticator = fixture.authenticator()
        let anna = try await make(fixture, "anna", "all").text
        let imap = try await make(fixture, "anna", "imap", .imap).text
        let old = try await make(fixture, "anna", "old", expiresAt: 1_000).text
        let (empty, gone) = (try await make(fixture, "empty").text, try await make(fixture, "gone").text)
        let rows: [(String, String, LoginOrigin.Service, String)] = [
            ("anna", anna, .imap, "success anna"), ("a.anders@example.test", anna, .submission, "success anna"),
            ("anna", imap, .imap, "success anna"),
            ("anna", imap, .smtp, "This app password is for imap only; ask your administrator"),
            ("anna", anna, .web, "This app password is for imap and pop3 and smtp only; ask your administrator"),
            ("anna", old, .imap, "This app password has expired; ask your administrator"),
            ("imported", anna, .imap, "wrong"), ("nobody", anna, .imap, "wrong"),
            ("anna", AppPasswordSecret().text, .imap, "wrong"), ("empty", empty, .pop3, "success empty"),
            ("empty", "secret", .pop3, "no password"), ("gone", gone, .imap, "suspended"),
        ]
        for (user, password, service, expected) in rows {
            let outcome = await authenticator.login(name: user, password: Array(password.utf8), from: origin(service))
            #expect(outcome.name == expected, "\(user) \(service)")
        }
        await fixture.close()
    }

    /// RFC 5802: the salt goes out before the proof, so all passwords of an account have the same one.
    @Test func scramTakesThemToo() async throws {
        let fixture = try await Fixture()
        let authenticator = fixture.authenticator()
        let phone = try await make(fixture, "anna", "phone").text
        let laptop = try await make(fixture, "anna", "laptop", .imap).text
        let old = try await make(fixture, "anna", "old", expiresAt: 1_000).text
        let (empty, gone) = (try await make(fixture, "empty").text, try await make(fixture, "gone").text)
        let imported = try await make(fixture, "imported").text
        let rows: [(String, String, LoginOrigin.Service, String)] = [
            ("anna", phone, .imap, "success anna by app"), ("anna", laptop, .imap, "success anna by app"),
            ("anna", "secret", .imap, "success anna"), ("anna", "wrong", .imap, "wrong"),
            ("anna", laptop, .smtp, "This app password is for imap only; ask your administrator"),
            ("anna", old, .imap, "This app password has expired; ask your administrator"),
            ("anna", empty, .imap, "wrong"), ("nobody", phone, .imap, "wrong"),
            ("empty", empty, .pop3, "success empty by app"), ("empty", "secret", .pop3, "wrong"),
            ("gone", gone, .imap, "suspended"), ("imported", imported, .imap, "success imported by app"),
            ("imported", "secret", .imap, "wrong"),
            // Only as it is shown: what a client proves it does not show.
            ("anna", phone.uppercased(), .imap, "wrong"),
        ]
        for (user, password, service, expected) in rows {
            let outcome = await fixture.scram(user, password, authenticator, from: origin(service))
            #expect(outcome == expected, "\(user) \(service)")
        }
        // An imported password gets its keys at its first plain login, with the salt that its app passwords have.
        let plain = await authenticator.login(name: "imported", password: Array("secret".utf8), from: origin(.imap))
        #expect(plain.name == "success imported")
        #expect(await fixture.scram("imported", "secret", authenticator, from: origin(.imap)) == "success imported")
        #expect(
            await fixture.scram("imported", imported, authenticator, from: origin(.imap)) == "success imported by app")
        await fixture.close()
    }

    @Test func theirKeysOutliveAnotherMailPassword() async throws {
        let fixture = try await Fixture()
        let (authenticator, directory) = (fixture.authenticator(), fixture.store.directory)
        for user in ["anna", "empty"] {
            let app = try await make(fixture, user).text
            let id = try #require(try await directory.entry(login: user)).id
            let password = try #require(PreparedPassword(Array("another".utf8)))
            let credential = try PasswordChange.credential(
                for: password, like: try await directory.scramFrame(of: id), at: 2)
            try await PasswordChange.set(credential, of: id, formerSeconds: 0, in: fixture.store, by: "test")
            #expect(await fixture.scram(user, app, authenticator, from: origin(.imap)) == "success \(user) by app")
            #expect(await fixture.scram(user, "another", authenticator, from: origin(.imap)) == "success \(user)")
        }
        await fixture.close()
    }

    /// Made before they had keys, or when the account had another salt: a plain login puts it right.
    @Test func keysAreCompleted() async throws {
        let fixture = try await Fixture()
        let (authenticator, directory) = (fixture.authenticator(), fixture.store.directory)
        let old = try await make(fixture, "anna", withScram: false)
        #expect(await fixture.scram("anna", old.text, authenticator, from: origin(.imap)) == "wrong")
        for _ in 0..<2 {
            let outcome = await authenticator.login(name: "anna", password: Array(old.text.utf8), from: origin(.imap))
            #expect(outcome.name == "success anna")
            #expect(await fixture.scram("anna", old.text, authenticator, from: origin(.imap)) == "success anna by app")
            let other = old.scramKeys(like: nil)
            try await directory.write { try $0.setScram(try #require(other), of: old.handle) }
            #expect(await fixture.scram("anna", old.text, authenticator, from: origin(.imap)) == "wrong")
        }
        await fixture.close()
    }

    /// A right password that is not let in is no guess; a wrong one of its form is one.
    @Test func refusalsAreNotCounted() async throws {
        let fixture = try await Fixture()
        var limits = FailureLimits()
        limits.perAccountAndAddress = 2
        let authenticator = fixture.authenticator(limits)
        let imap = Array(try await make(fixture, "anna", "imap", .imap).text.utf8)
        for _ in 0..<5 { _ = await authenticator.login(name: "anna", password: imap, from: origin(.smtp)) }
        #expect(await authenticator.login(name: "anna", password: imap, from: origin(.imap)).name == "success anna")
        for _ in 0..<2 {
            let guess = Array(AppPasswordSecret().text.utf8)
            #expect(await authenticator.login(name: "anna", password: guess, from: origin(.imap)).name == "wrong")
        }
        #expect(await authenticator.login(name: "anna", password: imap, from: origin(.imap)).name == "locked 900")
        await fixture.close()
    }

    /// One crypt(3) for each wrong answer, however many app passwords there are, and for names that do not exist.
    @Test func wrongOnesCostTheSame() async throws {
        let fixture = try await Fixture()
        let authenticator = fixture.authenticator()
        for number in 0..<20 { _ = try await make(fixture, "anna", "number \(number)") }
        let attempts: [(name: String, password: @Sendable () -> String)] = [
            ("anna", { AppPasswordSecret().text }), ("nobody", { AppPasswordSecret().text }),
            ("anna", { "wrong \(Int.random(in: 0...1_000_000))" }),
        ]
        // The best of many: whatever else the machine does only makes some of them slower.
        var best = attempts.map { _ in Duration.seconds(60) }
        for _ in 0..<60 {
            for (number, attempt) in attempts.enumerated() {
                let start = ContinuousClock.now
                _ = await authenticator.login(
                    name: attempt.name, password: Array(attempt.password().utf8), from: origin(.imap))
                best[number] = min(best[number], start.duration(to: .now))
            }
            if let (least, most) = best.min().flatMap({ least in best.max().map { (least, $0) } }), most < least * 1.4 {
                break
            }
        }
        let (least, most) = (try #require(best.min()), try #require(best.max()))
        #expect(most < least * 1.4, "\(best)")
        await fixture.close()
    }

    @Test func lastUseIsNoted() async throws {
        let fixture = try await Fixture()
        let secret = try await make(fixture, "anna")
        _ = await fixture.authenticator().login(
            name: "anna", password: Array(secret.text.utf8), from: origin(.submission))
        let generation = try await fixture.store.directory.read { try $0.generation() }
        var use: AppPasswordEntry.Use?
        for _ in 0..<50 where use == nil {
            try await Task.sleep(for: .milliseconds(100))
            use = try await fixture.store.directory.read { try $0.appPassword(secret.handle)?.lastUse }
        }
        #expect(use?.service == "submission" && use?.from == "192.0.2.1" && (use?.at ?? 0) > 0)
        #expect(try await fixture.store.directory.read { try $0.generation() } == generation)
        await fixture.close()
    }

    @Test func featuresCloseTheDoorAfterThePassword() async throws {
        let fixture = try await Fixture()
        let id = try #require(try await fixture.store.directory.entry(login: "anna")).id
        try await fixture.store.directory.write { transaction in
            try transaction.setFeature(.imap, false, for: .standard)
            try transaction.setFeature(.pop, false, for: .account(id))
        }
        let authenticator = fixture.authenticator()
        for (service, password, expected) in [
            (LoginOrigin.Service.imap, "secret", "IMAP is switched off for this account; ask your administrator"),
            (.pop3, "secret", "POP is switched off for this account; ask your administrator"),
            (.imap, "wrong", "wrong"), (.submission, "secret", "success anna"), (.smtp, "secret", "success anna"),
        ] {
            let outcome = await authenticator.login(name: "anna", password: Array(password.utf8), from: origin(service))
            #expect(outcome.name == expected, "\(service) \(password)")
        }
        await fixture.close()
    }

    @Test(arguments: [
        ("", "your administrator"), ("it@example.test", "it@example.test"), ("M\u{e5}ns, 070", "M?ns, 070"),
        ("a\r\nb", "a??b"), (String(repeating: "x", count: 500), String(repeating: "x", count: 200)),
    ])
    func contacts(_ text: String, _ shown: String) { #expect(LoginRefusal.shown(text) == shown) }
}
