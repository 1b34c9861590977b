import Foundation
import MailMessage
import Testing

@testable import MailStore

@Suite struct WebSessionTests {
    private static let (anna, bo) = (AccountID(1), AccountID(2))

    private static func enter(
        _ fixture: DirectoryFixture, _ account: AccountID = anna, client: String = "Firefox"
    ) async throws -> (token: WebToken, session: WebSession) {
        try await fixture.store.web.sessions.create(
            account, role: .user, client: client, address: "192.0.2.7")
    }

    @Test func aTokenFindsItsSessionInEveryProcess() async throws {
        let fixture = try DirectoryFixture()
        let (token, session) = try await Self.enter(fixture)
        let again = try #require(WebToken(text: token.text))
        let other = try fixture.second()
        #expect(try await other.web.sessions.find(again) == session)
        #expect(session.account == Self.anna && session.role == .user && session.client == "Firefox")
        #expect(session.address == "192.0.2.7" && session.formSecret.utf8.count == 64)
        #expect(try await other.web.sessions.find(WebToken()) == nil)
        await other.close()
    }

    @Test(arguments: ["", "00", String(repeating: "g", count: 64), String(repeating: "0", count: 66)])
    func whatIsNoTokenIsNone(_ text: String) {
        #expect(WebToken(text: text) == nil && WebSessionID(text: text) == nil)
    }

    /// Whoever reads the file, or what a list names sessions by, gets into none.
    @Test func theFileHoldsNoToken() async throws {
        let fixture = try DirectoryFixture()
        let (token, session) = try await Self.enter(fixture)
        await fixture.store.close()
        let file = try Data(contentsOf: URL(fileURLWithPath: fixture.path + "/web.db"))
        let secret = try #require(Hex.bytes(token.text))
        #expect(file.range(of: Data(secret)) == nil && file.range(of: Data(token.text.utf8)) == nil)
        #expect(file.range(of: Data(session.id.digest)) != nil)
        #expect(session.id.description != token.text)
    }

    @Test(arguments: [(EpochSeconds(1_799), true), (1_800, false), (1_801, false)])
    func anIdleSessionEnds(after seconds: EpochSeconds, lives: Bool) async throws {
        let fixture = try DirectoryFixture()
        let (token, _) = try await Self.enter(fixture)
        fixture.clock.advance(by: seconds)
        #expect(try await fixture.store.web.sessions.list(of: Self.anna).isEmpty == !lives)
        #expect((try await fixture.store.web.sessions.find(token) != nil) == lives)
    }

    @Test(arguments: [(EpochSeconds(43_199), true), (43_200, false)])
    func aSessionInUseEndsAfterHalfADay(at age: EpochSeconds, lives: Bool) async throws {
        let fixture = try DirectoryFixture()
        let (token, session) = try await Self.enter(fixture)
        while fixture.clock.now + 1_000 < session.createdAt + age {
            fixture.clock.advance(by: 1_000)
            #expect(try await fixture.store.web.sessions.find(token) != nil)
        }
        fixture.clock.advance(by: session.createdAt + age - fixture.clock.now)
        #expect((try await fixture.store.web.sessions.find(token) != nil) == lives)
    }

    /// However fast somebody clicks, a minute has one write.
    @Test func useIsNotedOnceAMinute() async throws {
        let fixture = try DirectoryFixture()
        let (sessions, began) = (fixture.store.web.sessions, fixture.clock.now)
        let (token, _) = try await Self.enter(fixture)
        for (step, noted) in [(59, 0), (1, 60), (59, 60), (1, 120)] as [(EpochSeconds, EpochSeconds)] {
            fixture.clock.advance(by: step)
            #expect(try await sessions.find(token) != nil)
            #expect(try await sessions.list(of: Self.anna).first?.lastUsedAt == began + noted)
        }
    }

    @Test func oneEndsOrAllDo() async throws {
        let fixture = try DirectoryFixture()
        let sessions = fixture.store.web.sessions
        let (first, one) = try await Self.enter(fixture)
        let (second, two) = try await Self.enter(fixture)
        let (third, three) = try await Self.enter(fixture)
        let (others, _) = try await Self.enter(fixture, Self.bo)
        #expect(try await sessions.end(one.id, of: Self.bo) == false)
        #expect(try await sessions.end(one.id, of: Self.anna))
        #expect(try await sessions.end(one.id, of: Self.anna) == false)
        #expect(try await sessions.find(first) == nil)
        try await sessions.end(second)
        #expect(try await sessions.list(of: Self.anna).map(\.id) == [three.id] && two.id != three.id)
        let (_, _) = try await Self.enter(fixture)
        #expect(try await sessions.endAll(of: Self.anna, except: three.id) == 1)
        #expect(try await sessions.find(third) != nil)
        #expect(try await sessions.endAll(of: Self.anna) == 1)
        #expect(try await sessions.find(third) == nil)
        #expect(try await sessions.find(others) != nil)
    }

    @Test func theOneUsedLongestAgoGivesWay() async throws {
        let fixture = try DirectoryFixture()
        let sessions = fixture.store.web.sessions
        let most = WebSessionPolicy().mostSessions
        var tokens: [WebToken] = []
        for _ in 0..<most {
            tokens.append(try await Self.enter(fixture).token)
            fixture.clock.advance(by: 1)
        }
        let (first, second) = (try #require(tokens.first), try #require(tokens.dropFirst().first))
        fixture.clock.advance(by: 61)
        #expect(try await sessions.find(first) != nil)
        _ = try await Self.enter(fixture)
        _ = try await Self.enter(fixture, Self.bo)
        #expect(try await sessions.list(of: Self.anna).count == most)
        #expect(try await sessions.find(second) == nil)
        #expect(try await sessions.find(first) != nil)
    }

    @Test(arguments: [
        ("a\r\nb\u{202e}c\u{0}", "abc"), (String(repeating: "ö", count: 500), String(repeating: "ö", count: 128)),
    ])
    func whatABrowserSaysIsOneShortLine(said: String, kept: String) async throws {
        let fixture = try DirectoryFixture()
        #expect(try await Self.enter(fixture, client: said).session.client == kept)
    }

    @Test func theSweepTakesWhatHasEnded() async throws {
        let fixture = try DirectoryFixture()
        let store = fixture.store
        try await store.web.sweep()
        #expect(!store.web.exists)
        _ = try await Self.enter(fixture)
        fixture.clock.advance(by: 1_000)
        let (token, _) = try await Self.enter(fixture)
        fixture.clock.advance(by: 1_000)
        try await store.web.sweep()
        #expect(try Self.count(fixture) == 1)
        #expect(try await store.web.sessions.find(token) != nil)
    }

    private static func count(_ fixture: DirectoryFixture) throws -> Int64? {
        try SQLConnection(readingOnly: fixture.path + "/web.db")("SELECT count(*) FROM web_session").number()
    }
}

private enum Hex {
    static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text)
        return stride(from: 0, to: digits.count - 1, by: 2).reduce(into: [UInt8]?([])) { bytes, at in
            guard let byte = UInt8(String(digits[at...(at + 1)]), radix: 16) else { return bytes = nil }
            bytes?.append(byte)
        }
    }
}
