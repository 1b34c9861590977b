import MailMessage
import Testing

@testable import MailStore

@Suite struct WebLinkTests {
    private static let (anna, bo) = (AccountID(1), AccountID(2))

    @Test func aLinkLeadsInOnce() async throws {
        let fixture = try DirectoryFixture()
        let links = fixture.store.web.links
        let token = try await links.create(Self.anna, for: .passwordReset)
        #expect(try await links.find(token, for: .passwordReset) == Self.anna)
        #expect(try await links.find(token, for: .passwordReset) == Self.anna)
        #expect(try await links.redeem(token, for: .passwordReset) == Self.anna)
        #expect(try await links.redeem(token, for: .passwordReset) == nil)
        #expect(try await links.find(token, for: .passwordReset) == nil)
        #expect(try await links.redeem(WebToken(), for: .passwordReset) == nil)
    }

    /// Two that click at once: one gets in.
    @Test func oneOfManyRedeems() async throws {
        let fixture = try DirectoryFixture()
        let other = try fixture.second()
        let token = try await fixture.store.web.links.create(Self.anna, for: .passwordReset)
        let stores = [fixture.store, other, fixture.store, other]
        let winners = try await withThrowingTaskGroup(of: AccountID?.self) { group in
            for store in stores { group.addTask { try await store.web.links.redeem(token, for: .passwordReset) } }
            return try await group.reduce(into: 0) { $0 += $1 == nil ? 0 : 1 }
        }
        #expect(winners == 1)
        await other.close()
    }

    @Test(arguments: [
        (EpochSeconds(86_400), EpochSeconds(86_399), true), (86_400, 86_400, false), (60, 59, true), (60, 60, false),
        (-5, 0, false), (.max, 7 * 86_400 - 1, true), (.max, 7 * 86_400, false),
    ])
    func aLinkExpires(life: EpochSeconds, after: EpochSeconds, leads: Bool) async throws {
        let fixture = try DirectoryFixture()
        let links = fixture.store.web.links
        let token = try await links.create(Self.anna, for: .passwordReset, seconds: life)
        fixture.clock.advance(by: after)
        #expect((try await links.find(token, for: .passwordReset) != nil) == leads)
        #expect((try await links.redeem(token, for: .passwordReset) != nil) == leads)
    }

    @Test func aTokenOfASessionIsNoLink() async throws {
        let fixture = try DirectoryFixture()
        let web = fixture.store.web
        let link = try await web.links.create(Self.anna, for: .passwordReset)
        let (token, _) = try await web.sessions.create(Self.anna, role: .user, client: "", address: "")
        #expect(try await web.sessions.find(link) == nil)
        #expect(try await web.links.redeem(token, for: .passwordReset) == nil)
    }

    @Test func theOldestGivesWay() async throws {
        let fixture = try DirectoryFixture()
        let links = fixture.store.web.links
        let others = try await links.create(Self.bo, for: .passwordReset)
        var tokens: [WebToken] = []
        for _ in 0...WebLinks.mostLinks {
            tokens.append(try await links.create(Self.anna, for: .passwordReset))
            fixture.clock.advance(by: 1)
        }
        for (index, token) in tokens.enumerated() {
            #expect((try await links.find(token, for: .passwordReset) != nil) == (index > 0))
        }
        #expect(try await links.find(others, for: .passwordReset) == Self.bo)
    }

    @Test func whoeverIsShutOutHasNeitherSessionNorLink() async throws {
        let fixture = try DirectoryFixture()
        let web = fixture.store.web
        try await web.shutOut(Self.anna)
        #expect(!web.exists)
        let link = try await web.links.create(Self.anna, for: .passwordReset)
        let others = try await web.links.create(Self.bo, for: .passwordReset)
        let (token, _) = try await web.sessions.create(Self.anna, role: .user, client: "", address: "")
        try await web.shutOut(Self.anna)
        #expect(try await web.sessions.find(token) == nil)
        #expect(try await web.links.find(link, for: .passwordReset) == nil)
        #expect(try await web.links.find(others, for: .passwordReset) == Self.bo)
    }

    @Test func theSweepTakesWhatHasExpired() async throws {
        let fixture = try DirectoryFixture()
        let web = fixture.store.web
        _ = try await web.links.create(Self.anna, for: .passwordReset, seconds: 60)
        let lives = try await web.links.create(Self.anna, for: .passwordReset, seconds: 120)
        fixture.clock.advance(by: 60)
        try await web.sweep()
        let rows = try SQLConnection(readingOnly: fixture.path + "/web.db")("SELECT count(*) FROM web_link").number()
        #expect(rows == 1)
        #expect(try await web.links.find(lives, for: .passwordReset) == Self.anna)
    }
}
