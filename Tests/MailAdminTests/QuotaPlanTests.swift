import MailStore
import Testing

@testable import MailAdmin

@Suite struct QuotaPlanTests {
    private let plan = QuotaNoticePlan()
    private let now: Int64 = 1_000_000

    private func step(
        _ percent: Int64, sent: Set<String> = [], until: Int64? = nil, afterwards: Int64? = nil, isGrace: Bool = false
    ) -> QuotaNoticePlan.Step {
        let facts = AccountUsageFacts(
            id: AccountID(1), bytesUsed: percent * 10, limit: 1_000, until: until, limitAfterwards: afterwards,
            isGrace: isGrace)
        return plan.step(facts, sent: sent, now: now)
    }

    @Test func tellsEachCrossingOnce() {
        #expect(step(79).isNothing)
        #expect(step(80).notice == .threshold(80))
        #expect(step(85, sent: ["used 80"]).isNothing)
        #expect(step(96, sent: ["used 80"]).notice == .threshold(95))
        #expect(step(120, sent: ["used 80", "used 95", "used 100"]).isNothing)
    }

    @Test func tellsOnlyTheHighestOfSeveral() {
        let both = step(97)
        #expect(both.notice == .threshold(95))
        #expect(both.note == ["used 80", "used 95"])
    }

    @Test func isNewsAgainOnlyWhenItWasClearlyBelow() {
        #expect(step(76, sent: ["used 80"]).isNothing)
        #expect(step(75, sent: ["used 80"]).isNothing)
        #expect(step(74, sent: ["used 80"]).forget == ["used 80"])
    }

    @Test func warnsBeforeADatedLimitLapses() {
        let week = QuotaNoticePlan.lapseWarningSeconds
        #expect(step(50, until: now + week + 1, afterwards: 400).isNothing)
        #expect(step(50, until: now + week, afterwards: 400).notice == .lapse)
        #expect(step(50, until: now + week, afterwards: 500).isNothing)
        #expect(step(50, sent: ["lapse"], until: now + week, afterwards: 400).isNothing)
        #expect(step(50, sent: ["lapse"]).forget == ["lapse"])
        #expect(step(50, until: now + 30 * 86_400, afterwards: 400, isGrace: true).notice == .lapse)
    }

    /// Told once, so it is told in whatever notice goes out first.
    @Test func aThresholdHidesNoLapse() {
        let soon = now + QuotaNoticePlan.lapseWarningSeconds
        let both = step(85, until: soon, afterwards: 400)
        #expect(both.notice == .threshold(80) && both.isLapsing)
        #expect(both.note == ["used 80", "lapse"])
        let later = step(96, sent: ["used 80", "lapse"], until: soon, afterwards: 400)
        #expect(later.notice == .threshold(95) && later.isLapsing)
        #expect(!step(85).isLapsing)
    }

    @Test func saysNothingOfNoLimit() {
        let facts = AccountUsageFacts(id: AccountID(1), bytesUsed: 1 << 60, limit: nil)
        #expect(plan.step(facts, sent: [], now: now).isNothing)
    }

    @Test(arguments: [
        ("500MB", SizeChange.set(.limit(500_000_000))), ("none", .set(.unlimited)), ("default", .inherit),
        ("+200MB", .add(200_000_000)), ("-10%", .addPercent(-10)), ("+25%", .addPercent(25)), ("0", .set(.limit(0))),
    ])
    func readsSizes(_ text: String, _ change: SizeChange) throws { #expect(try SizeChange(text) == change) }

    @Test(arguments: ["500M", "", "+", "-", "%", "+-1MB", "-1.5.5%", "+99999999%", "1e9", "９MB"])
    func refusesOtherSizes(_ text: String) { #expect(throws: (any Error).self) { try SizeChange(text) } }

    @Test func changesWhatThereIs() throws {
        #expect(try SizeChange.addPercent(-10).amount(from: 1_000) == .limit(900))
        #expect(throws: AdminError.self) { try SizeChange.add(-2).amount(from: 1) }
        #expect(throws: AdminError.self) { try SizeChange.add(.max).amount(from: 1) }
        #expect(throws: AdminError.self) { try SizeChange.addPercent(200).amount(from: .max) }
        #expect(throws: AdminError.self) { try SizeChange.add(1).amount(from: nil) }
    }

    @Test func paceAndTheDayItIsFull() throws {
        let day: Int64 = 86_400
        let pace = try #require(QuotaPace(from: UsageSample(day: 100, bytes: 1_000), to: 3_000, at: 110 * day))
        #expect(pace.bytesPerDay == 200)
        #expect(pace.fullAt(used: 3_000, limit: 4_000, now: 110 * day) == 115 * day)
        #expect(pace.fullAt(used: 5_000, limit: 4_000, now: 110 * day) == 110 * day)
        #expect(pace.fullAt(used: 0, limit: .max, now: 110 * day) == nil)
        #expect(QuotaPace(from: UsageSample(day: 110, bytes: 1_000), to: 3_000, at: 110 * day) == nil)
        #expect(QuotaPace(from: UsageSample(day: 100, bytes: 3_000), to: 3_000, at: 110 * day) == nil)
    }

    private func facts(_ used: Int64, _ limit: Int64?, until: Int64?, then: Int64?) -> AccountUsageFacts {
        AccountUsageFacts(
            id: AccountID(1), bytesUsed: used, limit: limit, until: until.map { $0 * 86_400 }, limitAfterwards: then)
    }

    /// 200 a day from day 110 on.
    @Test func aLimitThatLapsesIsForeseen() throws {
        let (day, now): (Int64, Int64) = (86_400, 110 * 86_400)
        let pace = try #require(QuotaPace(from: UsageSample(day: 100, bytes: 1_000), to: 3_000, at: now))
        #expect(facts(3_000, 4_000, until: nil, then: nil).fullAt(pace, now: now) == 115 * day)
        #expect(facts(3_000, 4_000, until: 120, then: 2_000).fullAt(pace, now: now) == 115 * day)
        #expect(facts(3_000, 4_000, until: 112, then: 2_000).fullAt(pace, now: now) == 112 * day)
        #expect(facts(3_000, 9_000, until: 112, then: 4_000).fullAt(pace, now: now) == 115 * day)
        #expect(facts(3_000, 9_000, until: 118, then: 4_000).fullAt(pace, now: now) == 118 * day)
        #expect(facts(3_000, nil, until: 112, then: 2_000).fullAt(pace, now: now) == 112 * day)
        #expect(facts(3_000, 4_000, until: 112, then: nil).fullAt(pace, now: now) == nil)
        #expect(facts(3_000, 4_000, until: 112, then: 2_000).fullAt(nil, now: now) == 112 * day)
        #expect(facts(3_000, 4_000, until: 112, then: 3_000).fullAt(nil, now: now) == nil)
    }
}
