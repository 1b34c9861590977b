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
        var last = first
        for _ in 0..<WebSignIns.mostOfSource { last = try await signIns.begin(Self.signIn(browser), from: "192.0.2.1") }
        #expect(try await signIns.finish(first, in: browser) == nil)
        #expect(try await signIns.finish(last, in: browser) != nil)
        #expect(try await signIns.finish(bystander, in: browser) != nil)
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
