import MailMessage
import Testing

@testable import MailStore

@Suite struct SendingLimitsTests {
    private static let anna = SendingParty.account(AccountID(1))
    private static let rates = SendingRates(
        messagesPerHour: 3, messagesPerDay: 5, recipientsPerHour: 10, recipientsPerDay: 20, newRecipientsPerDay: 6)

    private static func limits(
        _ fixture: DirectoryFixture, persons: SendingRates = rates, hosts: SendingRates = rates
    ) -> SendingLimits {
        SendingLimits(
            at: fixture.path + "/sending.db", persons: persons, hosts: hosts, threads: fixture.store.threads,
            clock: { fixture.clock.now })
    }

    private static func names(_ count: Int, _ word: String = "r") -> [String] {
        (0..<count).map { "\(word)\($0)@far.example" }
    }

    /// One limit at a time: so many messages of so many recipients pass, the next one does not.
    @Test(arguments: [
        (SendingLimit.messagesPerHour, 1, false, 3), (.recipientsPerHour, 4, false, 2),
        (.newRecipientsPerDay, 3, true, 2),
    ])
    func eachLimitHolds(limit: SendingLimit, recipients: Int, new: Bool, passing: Int) async throws {
        let fixture = try DirectoryFixture()
        let limits = Self.limits(fixture)
        for number in 0..<passing {
            let to = Self.names(recipients, new ? "n\(number)-" : "r")
            #expect(await limits.charge(Self.anna, recipients: to) == .send)
        }
        let decision = await limits.charge(Self.anna, recipients: Self.names(recipients, new ? "last" : "r"))
        guard case .hold(let excess) = decision else {
            Issue.record("it was sent")
            return
        }
        #expect(excess.limit == limit && excess.most == Self.rates.most(limit) && excess.used > excess.most)
        #expect(excess.reason == "over the limit of \(excess.most) \(limit.rawValue)")
        #expect(await limits.charge(.account(AccountID(2)), recipients: ["x@far.example"]) == .send)
    }

    @Test(arguments: [(SendingLimit.messagesPerDay, 1, 5), (.recipientsPerDay, 5, 4)])
    func daysAreCountedBeyondTheHour(limit: SendingLimit, recipients: Int, passing: Int) async throws {
        let fixture = try DirectoryFixture()
        let limits = Self.limits(fixture)
        let to = Self.names(recipients)
        for _ in 0..<passing {
            #expect(await limits.charge(Self.anna, recipients: to) == .send)
            fixture.clock.advance(by: 3_600)
        }
        guard case .hold(let excess) = await limits.charge(Self.anna, recipients: to) else {
            Issue.record("it was sent")
            return
        }
        #expect(excess.limit == limit)
        fixture.clock.advance(by: 86_400)
        #expect(await limits.charge(Self.anna, recipients: to) == .send)
    }

    @Test func anHourLaterThereIsRoomAgain() async throws {
        let fixture = try DirectoryFixture()
        let limits = Self.limits(fixture)
        for _ in 0..<3 { _ = await limits.charge(Self.anna, recipients: ["a@far.example"]) }
        #expect(await limits.charge(Self.anna, recipients: ["a@far.example"]) != .send)
        fixture.clock.advance(by: 3_600)
        #expect(await limits.charge(Self.anna, recipients: ["a@far.example"]) == .send)
    }

    /// Held mail counts for nothing, and its recipients stay new.
    @Test func heldMailIsNotCounted() async throws {
        let fixture = try DirectoryFixture()
        let limits = Self.limits(fixture)
        for _ in 0..<4 { #expect(await limits.charge(Self.anna, recipients: Self.names(7)) != .send) }
        #expect(try await limits.use(of: Self.anna) == SendingUse())
        #expect(await limits.charge(Self.anna, recipients: Self.names(6)) == .send)
        #expect(try await limits.use(of: Self.anna).newRecipientsInDay == 6)
    }

    @Test func oneEpisodeIsToldOnce() async throws {
        let fixture = try DirectoryFixture()
        let limits = Self.limits(fixture)
        func begins() async -> Bool? {
            guard case .hold(let excess) = await limits.charge(Self.anna, recipients: Self.names(7)) else { return nil }
            return excess.beginsEpisode
        }
        #expect(await begins() == true)
        #expect(await begins() == false)
        fixture.clock.advance(by: 86_000)
        #expect(await begins() == false)
        #expect(try await limits.episodes(since: 0).map(\.held) == [3])
        fixture.clock.advance(by: 86_401)
        #expect(await begins() == true)
        let episodes = try await limits.episodes(since: 0)
        #expect(episodes.map(\.held) == [1] && episodes.first?.party == Self.anna)
    }

    @Test func allowancesRaiseEveryLimitUntilTheirDay() async throws {
        let fixture = try DirectoryFixture()
        let limits = Self.limits(fixture)
        try await limits.allow(
            Self.anna, most: 50, until: fixture.clock.now + 3_600, by: "root", reason: "invitations")
        #expect(await limits.charge(Self.anna, recipients: Self.names(50)) == .send)
        #expect(await limits.charge(Self.anna, recipients: Self.names(1)) != .send)
        #expect(try await limits.allowances().map(\.reason) == ["invitations"])
        fixture.clock.advance(by: 3_600)
        #expect(try await limits.allowances() == [])
        fixture.clock.advance(by: 86_400)
        #expect(await limits.charge(Self.anna, recipients: Self.names(50, "x")) != .send)
    }

    @Test func revokedIsGoneAndUnlimitedHasNoEnd() async throws {
        let fixture = try DirectoryFixture()
        let limits = Self.limits(fixture)
        try await limits.allow(Self.anna, most: 0, until: nil, by: "root", reason: "newsletter")
        for _ in 0..<20 { #expect(await limits.charge(Self.anna, recipients: Self.names(9)) == .send) }
        #expect(try await limits.revoke(Self.anna))
        #expect(try await !limits.revoke(Self.anna))
        #expect(await limits.charge(Self.anna, recipients: Self.names(1)) != .send)
    }

    @Test func hostsHaveLimitsOfTheirOwnAndZeroIsNone() async throws {
        let fixture = try DirectoryFixture()
        var none = Self.rates
        (none.messagesPerHour, none.messagesPerDay, none.recipientsPerDay) = (0, 0, 0)
        (none.recipientsPerHour, none.newRecipientsPerDay) = (0, 0)
        let limits = Self.limits(fixture, persons: none)
        for _ in 0..<30 { #expect(await limits.charge(Self.anna, recipients: Self.names(30)) == .send) }
        for _ in 0..<3 { #expect(await limits.charge(.host("192.0.2.1"), recipients: ["a@b.example"]) == .send) }
        #expect(await limits.charge(.host("192.0.2.1"), recipients: ["a@b.example"]) != .send)
        #expect(await limits.charge(.host("192.0.2.2"), recipients: ["a@b.example"]) == .send)
    }

    @Test func oneRecipientInTwoSpellingsIsOne() {
        #expect(SendingLimits.digests(["A@far.example", "a@FAR.example", "b@far.example"]).count == 2)
    }

    @Test func countsSurviveARestartAndAreShared() async throws {
        let fixture = try DirectoryFixture()
        let (one, two) = (Self.limits(fixture), Self.limits(fixture))
        #expect(await one.charge(Self.anna, recipients: Self.names(3)) == .send)
        #expect(await two.charge(Self.anna, recipients: Self.names(3)) == .send)
        await one.close()
        await two.close()
        let use = try await Self.limits(fixture).use(of: Self.anna)
        #expect(use.messagesInHour == 2 && use.recipientsInDay == 6 && use.newRecipientsInDay == 3)
    }

    @Test func trimmingKeepsWhatCounts() async throws {
        let fixture = try DirectoryFixture()
        let limits = Self.limits(fixture)
        _ = await limits.charge(Self.anna, recipients: Self.names(2))
        fixture.clock.advance(by: 2 * 86_400)
        _ = await limits.charge(Self.anna, recipients: Self.names(1, "late"))
        await limits.trim()
        #expect(try await limits.use(of: Self.anna).messagesInDay == 1)
        let rows = try await limits.lane.read { database in
            [
                try database("SELECT count(*) FROM sending_count").number(),
                try database("SELECT count(*) FROM sending_known").number(),
            ]
        }
        #expect(rows == [1, 3])
        fixture.clock.advance(by: SendingLimits.knownSeconds + 1)
        await limits.trim()
        let left = try await limits.lane.read { try $0("SELECT count(*) FROM sending_known").number() }
        #expect(left == 0)
    }
}

@Suite struct SendingRuleTests {
    private static let rates = SendingRates(
        messagesPerHour: 3, messagesPerDay: 5, recipientsPerHour: 10, recipientsPerDay: 20, newRecipientsPerDay: 6)

    private static func rule(_ most: Int, _ limit: SendingLimit = .messagesPerHour) -> SendingRule {
        var rule = SendingRule()
        rule[limit] = most
        return rule
    }

    @Test func aRuleReplacesWhatItNamesInBothDirections() {
        let rates = Self.rates.replaced(by: Self.rule(1))
        #expect(rates.messagesPerHour == 1 && rates.messagesPerDay == 5)
        #expect(Self.rates.replaced(by: Self.rule(0)).messagesPerHour == 0)
        #expect(rates.raised(to: 50).messagesPerHour == 50)
    }

    @Test func ofSeveralClassesTheMostGenerousCounts() {
        #expect(Self.rule(2).union(Self.rule(7)) == Self.rule(7))
        #expect(Self.rule(2).union(Self.rule(0)) == Self.rule(0))
        let both = Self.rule(2).union(Self.rule(9, .recipientsPerDay))
        #expect(both[.messagesPerHour] == 2 && both[.recipientsPerDay] == 9)
    }

    @Test func aClassesRuleHoldsTheNextMessage() async throws {
        let fixture = try DirectoryFixture()
        let limits = SendingLimits(
            at: fixture.path + "/sending.db", persons: Self.rates, threads: fixture.store.threads,
            clock: { fixture.clock.now })
        let anna = SendingParty.account(AccountID(1))
        #expect(await limits.charge(anna, recipients: ["a@far.example"], rule: Self.rule(1)) == .send)
        guard case .hold(let excess) = await limits.charge(anna, recipients: ["a@far.example"], rule: Self.rule(1))
        else {
            Issue.record("it was sent")
            return
        }
        #expect(excess.limit == .messagesPerHour && excess.most == 1)
        #expect(await limits.charge(anna, recipients: ["a@far.example"]) == .send)
    }

    @Test func rulesGoWithTheirClass() async throws {
        let fixture = try DirectoryFixture()
        let name = try #require(ClassName("visitor"))
        try await fixture.directory.write(by: AuditActor(name: "test")) { transaction in
            try transaction.addClass(name)
            #expect(try transaction.setSendingRule(Self.rule(4), of: name))
            #expect(try !transaction.setSendingRule(Self.rule(4), of: name))
            #expect(try transaction.sendingRule(of: name) == Self.rule(4))
            try transaction.removeClass(name)
            try transaction.addClass(name)
            #expect(try transaction.sendingRule(of: name).isEmpty)
        }
    }
}
