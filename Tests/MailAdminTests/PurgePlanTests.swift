import MailMessage
import MailStore
import Testing

@testable import MailAdmin

/// What a request means is decided before anything is opened.
@Suite struct PurgePlanTests {
    static let day: Int64 = 86_400
    static let now: EpochSeconds = 1_800_000_000

    private func retention(
        trash: RetentionPeriod = .seconds(7 * day), junk: RetentionPeriod = .never, held: Bool = false,
        imported: EpochSeconds? = nil
    ) -> EffectiveRetention {
        var retention = EffectiveRetention()
        retention.trash = .init(value: trash, source: .account)
        retention.junk = .init(value: junk, source: .account)
        retention.hold = held ? RetentionHold(since: 1, reason: "") : nil
        retention.importedAt = imported
        return retention
    }

    private func plan(
        _ retention: EffectiveRetention, _ change: (inout PurgeRequest) -> Void = { _ in }
    ) -> AccountPurgePlan {
        var request = PurgeRequest()
        change(&request)
        return AccountPurgePlan(request, retention, at: Self.now)
    }

    @Test func periodsAreTaken() {
        let usual = plan(retention())
        #expect(usual.cutoff.trash == Self.now - 7 * Self.day && usual.cutoff.junk == nil && usual.reclaims)
        #expect(plan(retention(junk: .seconds(Self.day))).cutoff.junk == Self.now - Self.day)
        #expect(plan(retention(trash: .never)).cutoff.isEmpty)
        #expect(plan(retention(junk: .seconds(Self.day))) { $0.folders = [.trash] }.cutoff.junk == nil)
        #expect(plan(retention()) { $0.folders = [.junk] }.cutoff.isEmpty)
    }

    @Test func anEarlierTimeIsSeen() {
        #expect(plan(retention()) { $0.olderThan = 6 * Self.day }.isEarly)
        #expect(!plan(retention()) { $0.olderThan = 7 * Self.day }.isEarly)
        #expect(plan(retention(trash: .never)) { $0.olderThan = 900 * Self.day }.isEarly)
        // Junk without a period is nobody's concern unless it is named.
        #expect(plan(retention()) { $0.olderThan = 7 * Self.day }.cutoff.junk == nil)
        #expect(plan(retention()) { ($0.olderThan, $0.folders) = (7 * Self.day, [.junk]) }.isEarly)
    }

    @Test func protectionGoesFirst() {
        let held = plan(retention(held: true)) { $0.olderThan = 0 }
        #expect(held.protection == .held && held.cutoff.isEmpty && !held.reclaims && !held.isEarly)
        let imported = plan(retention(imported: Self.now - 7 * Self.day + 1))
        #expect(imported.protection == .imported && imported.cutoff.isEmpty && imported.reclaims)
        #expect(plan(retention(imported: Self.now - 7 * Self.day)).protection == nil)
    }

    /// Of an account that seems to be made later than now its own time says nothing.
    @Test func nothingLayThereBeforeTheAccount() {
        func notBefore(_ madeAt: EpochSeconds) -> EpochSeconds {
            AccountPurgePlan(PurgeRequest(), retention(), at: Self.now, madeAt: madeAt).cutoff.notBefore
        }
        #expect(notBefore(Self.now) == Self.now && notBefore(Self.now + 1) == 0)
    }

    @Test func hintsDecideWhoIsOpened() {
        let usual = plan(retention(junk: .seconds(Self.day)))
        let week = Self.now - 7 * Self.day
        #expect(usual.mayConcern(.init(trashedSince: week), at: Self.now))
        #expect(!usual.mayConcern(.init(trashedSince: week + 1), at: Self.now))
        #expect(usual.mayConcern(.init(junkedSince: Self.now - Self.day), at: Self.now))
        #expect(usual.mayConcern(.init(reclaimFrom: Self.now), at: Self.now))
        #expect(!usual.mayConcern(.init(reclaimFrom: Self.now + 1), at: Self.now))
        #expect(!usual.mayConcern(.init(), at: Self.now))
    }

    @Test func ceilings() {
        #expect(PurgeCeiling.standard.messages(of: 10) == 100)
        #expect(PurgeCeiling.standard.messages(of: 100_000) == 20_000)
        #expect(PurgeCeiling.percent(5).messages(of: 100) == 5)
        #expect(PurgeCeiling.percent(100).messages(of: .max) == .max)
        #expect(PurgeCeiling.messages(3).messages(of: 0) == 3)
        // What was thrown away weeks ago may be more than is left.
        #expect(PurgeCeiling.standard.messages(.reclaim, of: 10) == 10_000)
        #expect(PurgeCeiling.standard.messages(.reclaim, of: 100_000) == 20_000)
        #expect(PurgeCeiling.percent(100).messages(.reclaim, of: 0) == .max)
        #expect(PurgeCeiling.percent(5).messages(.reclaim, of: 100) == 5)
    }

    struct ClockCase: Sendable {
        let wall: Int64
        let uptime: Int64
        let boot: String
        let verdict: PurgeClock
    }
    static let last = PurgeMark(wall: now, uptime: 1_000, boot: "a")

    @Test(arguments: [
        ClockCase(wall: now, uptime: 1_000, boot: "a", verdict: .fine),
        ClockCase(wall: now - 60, uptime: 1_000, boot: "a", verdict: .fine),
        ClockCase(wall: now - 61, uptime: 2_000, boot: "a", verdict: .backwards(since: now)),
        ClockCase(wall: now + 2 * day, uptime: 1_000, boot: "a", verdict: .fine),
        ClockCase(wall: now + 2 * day + 1, uptime: 1_000, boot: "a", verdict: .jumped(since: now)),
        // Running all the time, only nobody purged.
        ClockCase(wall: now + 30 * day, uptime: 1_000 + 30 * day, boot: "a", verdict: .fine),
        // Started anew: its uptime says nothing of the time before.
        ClockCase(wall: now + 30 * day, uptime: 30 * day, boot: "b", verdict: .jumped(since: now)),
        ClockCase(wall: now + day, uptime: 5, boot: "b", verdict: .fine),
    ])
    func clocks(_ example: ClockCase) {
        let mark = PurgeMark(wall: example.wall, uptime: example.uptime, boot: example.boot)
        #expect(PurgeClock.judge(mark, last: Self.last, madeAt: 5) == example.verdict)
    }

    @Test func theFirstRunComparesWithTheStore() {
        let mark = PurgeMark(wall: 100, uptime: 1, boot: "a")
        #expect(PurgeClock.judge(mark, last: nil, madeAt: 161) == .backwards(since: 161))
        #expect(PurgeClock.judge(mark, last: nil, madeAt: 1) == .fine)
        let leapt = PurgeMark(wall: 3 * Self.day, uptime: 1, boot: "a")
        #expect(PurgeClock.judge(leapt, last: nil, madeAt: 1) == .jumped(since: 1))
        #expect(PurgeMark(mark.text) == mark && PurgeMark("1 2") == nil && PurgeMark("a b c") == nil)
    }
}
