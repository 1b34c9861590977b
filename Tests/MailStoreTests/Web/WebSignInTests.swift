import Foundation
import MailMessage
import Testing

@testable import MailStore

@Suite struct WebSignInTests {
    private static func signIn(_ browser: WebToken, back: String? = "/devices") -> WebSignIn {
        WebSignIn(
            browser: browser, nonce: "nonce", verifier: "verifier", redirect: "https://mail.example/login/callback",
            back: back)
    }

    /// So many more, from 192.0.2.1 and now, in one write.
    private static func crowd(_ count: Int64, of browser: WebToken, in fixture: DirectoryFixture) throws {
        try SQLConnection(bare: fixture.path + "/web.db", create: false)(
            """
            WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < $1)
            INSERT INTO web_sign_in (digest, browser, nonce, verifier, redirect, back, source, created_at)
              SELECT randomblob(32), $2, '', '', '', '', '192.0.2.1', $3 FROM number
            """
        ).run(count, WebSignIns.digest(browser), fixture.clock.now)
    }

    @Test(arguments: ["/devices", nil]) func once(back: String?) async throws {
        let fixture = try DirectoryFixture()
        let browser = WebToken()
        let state = try await fixture.store.web.signIns.begin(Self.signIn(browser, back: back), from: "192.0.2.1")
        let other = try fixture.second()
        #expect(try await other.web.signIns.finish(WebToken(), in: browser) == nil)
        #expect(try await other.web.signIns.finish(state, in: WebToken()) == nil)
        #expect(try await other.web.signIns.finish(state, in: browser) == Self.signIn(browser, back: back))
        #expect(try await fixture.store.web.signIns.finish(state, in: browser) == nil)
        await other.close()
    }

    @Test(arguments: [(EpochSeconds(599), true), (600, false)])
    func forAWhile(seconds: EpochSeconds, isThere: Bool) async throws {
        let fixture = try DirectoryFixture()
        let browser = WebToken()
        let state = try await fixture.store.web.signIns.begin(Self.signIn(browser), from: "192.0.2.1")
        fixture.clock.advance(by: seconds)
        try await fixture.store.web.sweep()
        #expect(try await (fixture.store.web.signIns.finish(state, in: browser) != nil) == isThere)
    }

    /// A crowd behind one address pushes out its own, and nobody else's.
    @Test func bounded() async throws {
        let fixture = try DirectoryFixture()
        let (browser, signIns) = (WebToken(), fixture.store.web.signIns)
        let bystander = try await signIns.begin(Self.signIn(browser), from: "192.0.2.2")
        let first = try await signIns.begin(Self.signIn(browser), from: "192.0.2.1")
        fixture.clock.advance(by: 1)
        try Self.crowd(WebSignIns.mostOfSource - 1, of: WebToken(), in: fixture)
        let newcomer = WebToken()
        let last = try await signIns.begin(Self.signIn(newcomer), from: "192.0.2.1")
        #expect(try await signIns.finish(first, in: browser) == nil)
        #expect(try await signIns.finish(last, in: newcomer) != nil)
        #expect(try await signIns.finish(bystander, in: browser) != nil)
    }

    /// Whoever begins again and again pushes out his own first, and not those of others behind his address.
    @Test func aBrowsersOwnGiveWayFirst() async throws {
        let fixture = try DirectoryFixture()
        let (browser, neighbour, signIns) = (WebToken(), WebToken(), fixture.store.web.signIns)
        let others = try await signIns.begin(Self.signIn(neighbour), from: "192.0.2.1")
        fixture.clock.advance(by: 1)
        let first = try await signIns.begin(Self.signIn(browser), from: "192.0.2.1")
        fixture.clock.advance(by: 1)
        try Self.crowd(WebSignIns.mostOfSource - 2, of: browser, in: fixture)
        let last = try await signIns.begin(Self.signIn(browser), from: "192.0.2.1")
        #expect(try await signIns.finish(first, in: browser) == nil)
        #expect(try await signIns.finish(last, in: browser) != nil)
        #expect(try await signIns.finish(others, in: neighbour) != nil)
    }

    /// Whoever reads the file finds no state and no cookie.
    @Test func theFileHoldsNoToken() async throws {
        let fixture = try DirectoryFixture()
        let browser = WebToken()
        let state = try await fixture.store.web.signIns.begin(Self.signIn(browser), from: "192.0.2.1")
        await fixture.store.close()
        let file = try Data(contentsOf: URL(fileURLWithPath: fixture.path + "/web.db"))
        for token in [state, browser] {
            let secret = token.digits
            #expect(secret.count == WebToken.length)
            #expect(file.range(of: Data(secret)) == nil && file.range(of: Data(token.text.utf8)) == nil)
        }
    }
}

extension WebToken {
    /// What its text stands for.
    fileprivate var digits: [UInt8] {
        stride(from: 0, to: text.count, by: 2).compactMap { UInt8(text.dropFirst($0).prefix(2), radix: 16) }
    }
}
