import MailMessage
import Testing

@testable import MailStore

@Suite struct TrailTests {
    private static let anna = AccountID(1)
    private static let bo = AccountID(2)

    /// Anna writes to Bo, who has it, and to somebody far away, who gets it at the second attempt.
    private static func noteOne(_ trail: Trail, _ id: String = "m1", at moment: EpochSeconds? = nil) {
        let arrival = TrailArrival(
            sender: "Anna@Uni.example", origin: .login, peer: "192.0.2.1", size: 500, messageID: "<one@uni.example>",
            recipients: 2)
        trail.note(TrailEvent(id, .accepted(arrival), account: anna, at: moment))
        trail.note(TrailEvent(id, .delivered(mailbox: ""), to: "bo@uni.example", account: bo, at: moment))
        let far = "carl@far.example"
        trail.note(TrailEvent(id, .queued(domain: "far.example"), to: far, queue: QueueID(7), at: moment))
        trail.note(
            TrailEvent(
                id, .deferred(host: "mx.far.example", reply: "451 4.7.1 later", until: 2_000), to: far,
                queue: QueueID(7), at: moment))
        trail.note(
            TrailEvent(id, .relayed(host: "mx.far.example", reply: "250 ok"), to: far, queue: QueueID(7), at: moment))
    }

    private static func filter(_ change: (inout TrailFilter) -> Void) -> TrailFilter {
        var filter = TrailFilter()
        change(&filter)
        return filter
    }

    @Test func storyComesBackAsItWasNoted() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        Self.noteOne(fixture.store.trail)
        let page = try await fixture.store.trail.search(Self.filter { $0.id = "m1" }, limit: 10)
        let story = try #require(page.stories.first)
        #expect(page.stories.count == 1 && page.next == nil)
        #expect(story.id == "m1" && story.at == 1_000 && story.account == Self.anna)
        #expect(story.arrival?.sender == "Anna@Uni.example" && story.arrival?.size == 500)
        #expect(story.arrival?.origin == .login && story.arrival?.recipients == 2)
        #expect(
            story.steps.map(\.fact) == [
                .delivered(mailbox: ""), .queued(domain: "far.example"),
                .deferred(host: "mx.far.example", reply: "451 4.7.1 later", until: 2_000),
                .relayed(host: "mx.far.example", reply: "250 ok"),
            ])
        #expect(story.steps.map(\.recipient) == ["bo@uni.example"] + Array(repeating: "carl@far.example", count: 3))
        #expect(story.steps.map(\.account) == [Self.bo, nil, nil, nil])
        #expect(story.steps.map(\.queue) == [nil] + Array(repeating: QueueID(7), count: 3))
    }

    /// Each row alone tells one filter's fate: what must be found, and what must not.
    static let filters: [(String, Bool, @Sendable (inout TrailFilter) -> Void)] = [
        ("sender", true, { $0.sender = "anna@UNI.example" }), ("sender", false, { $0.sender = "bo@uni.example" }),
        ("sender's domain", true, { $0.sender = "@uni.example" }),
        ("sender's domain", false, { $0.sender = "@ni.example" }),
        ("recipient", true, { $0.recipient = "CARL@far.example" }),
        ("recipient", false, { $0.recipient = "anna@uni.example" }),
        ("recipient's domain", true, { $0.recipient = "@far.example" }),
        ("recipient's domain", false, { $0.recipient = "@near.example" }),
        ("Message-ID", true, { $0.messageID = "<one@uni.example>" }),
        ("Message-ID without brackets", true, { $0.messageID = "one@uni.example" }),
        ("Message-ID", false, { $0.messageID = "<two@uni.example>" }), ("trail id", true, { $0.id = "m1" }),
        ("trail id", false, { $0.id = "m2" }), ("queue id", true, { $0.id = "7" }),
        ("queue id", false, { $0.id = "8" }), ("account that sent", true, { $0.account = anna }),
        ("account that got", true, { $0.account = bo }), ("account", false, { $0.account = AccountID(3) }),
        ("since", true, { $0.since = 1_000 }), ("since", false, { $0.since = 1_001 }),
        ("until", true, { $0.until = 1_001 }), ("until", false, { $0.until = 1_000 }),
        ("two", true, { ($0.sender, $0.recipient) = ("anna@uni.example", "carl@far.example") }),
        ("two", false, { ($0.sender, $0.recipient) = ("anna@uni.example", "dora@far.example") }),
        ("two", false, { ($0.id, $0.account) = ("m1", AccountID(3)) }),
        ("no bounce", false, { $0.sender = "" }),
    ]

    @Test(arguments: filters)
    func filterFinds(_ name: String, _ isFound: Bool, _ change: @Sendable (inout TrailFilter) -> Void) async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        Self.noteOne(fixture.store.trail)
        let page = try await fixture.store.trail.search(Self.filter(change), limit: 10)
        #expect(page.stories.map(\.id) == (isFound ? ["m1"] : []), "\(name)")
    }

    @Test(
        arguments: [
            { @Sendable (filter: inout TrailFilter) in }, { $0.sender = "anna@uni.example" },
            { $0.recipient = "bo@uni.example" }, { $0.account = bo }, { $0.messageID = "one@uni.example" },
            { $0.recipient = "@far.example" }, { $0.id = "7" },
        ] as [@Sendable (inout TrailFilter) -> Void])
    func pagesShowEachMessageOnceNewestFirst(_ change: @Sendable (inout TrailFilter) -> Void) async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        // Two of one second: time alone does not order them.
        for number in 0..<10 { Self.noteOne(fixture.store.trail, "m\(number)", at: 1_000 + EpochSeconds(number / 2)) }
        var (seen, place): ([String], TrailPlace?) = ([], .end)
        while let from = place, seen.count < 20 {
            let page = try await fixture.store.trail.search(Self.filter(change), below: from, limit: 3)
            #expect(page.stories.count <= 3)
            seen += page.stories.map(\.id)
            place = page.next
        }
        #expect(seen == (0..<10).reversed().map { "m\($0)" })
    }

    @Test func severalProcessesWriteOneTrail() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let other = try fixture.second()
        for number in 0..<500 {
            let trail = number.isMultiple(of: 2) ? fixture.store.trail : other.trail
            trail.note(TrailEvent("m\(number)", .relayed(host: "h", reply: "250"), to: "a@b.example"))
        }
        await other.trail.flush()
        let page = try await fixture.store.trail.search(Self.filter { $0.recipient = "a@b.example" }, limit: 1_000)
        #expect(page.stories.count == 500)
        await other.close()
    }

    @Test func closingWritesWhatWaits() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let other = try fixture.second()
        Self.noteOne(other.trail)
        await other.close()
        #expect(try await fixture.store.trail.search(TrailFilter(), limit: 10).stories.count == 1)
    }

    @Test func notesAppearWithoutAFlush() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let other = try fixture.second()
        Self.noteOne(fixture.store.trail)
        for _ in 0..<200 {
            if try await !other.trail.search(TrailFilter(), limit: 1).stories.isEmpty { return await other.close() }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("nothing was written within ten seconds")
    }

    @Test func foreignTextIsOneLineOfBoundedLength() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let reply = "550 no\r\n\u{1b}[31m" + String(repeating: "x", count: 5_000)
        fixture.store.trail.note(TrailEvent("m", .failed(host: "h\n", reply: reply), to: "a@b.example"))
        let story = try await fixture.store.trail.search(Self.filter { $0.id = "m" }, limit: 1).stories.first
        guard case .failed(let host, let text) = story?.steps.first?.fact else {
            Issue.record("no failure")
            return
        }
        #expect(host == "h " && text.hasPrefix("550 no   [31mxxx") && text.count == TrailWriter.longestText)
    }

    @Test func refusalSaysWhoAndWhy() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let arrival = TrailArrival(sender: "spam@evil.example", origin: .outside, peer: "203.0.113.9")
        fixture.store.trail.note(
            TrailEvent("r", .refused(arrival, reply: "554 5.7.1 listed"), to: "bo@uni.example", account: Self.bo))
        let story = try await fixture.store.trail.search(
            Self.filter { $0.sender = "spam@evil.example" }, limit: 1
        ).stories.first
        #expect(story?.steps.map(\.fact) == [.refused(arrival, reply: "554 5.7.1 listed")])
        // Bo was refused something; it was not Bo who sent it.
        #expect(story?.account == nil && story?.steps.first?.account == Self.bo)
    }

    @Test func trimmingTakesWhatIsOldAndNothingElse() async throws {
        let fixture = try DirectoryFixture(now: 100_000)
        let trail = fixture.store.trail
        for number in 0..<700 { Self.noteOne(trail, "old\(number)", at: 99) }
        Self.noteOne(trail, "new", at: 100)
        await trail.flush()
        var steps = 0
        while await trail.trimStep(olderThan: 99_900), steps < 100 { steps += 1 }
        #expect(steps == 2)  // 2,800 events
        #expect(try await trail.search(TrailFilter(), limit: 10).stories.map(\.id) == ["new"])
        #expect(try await trail.search(Self.filter { $0.account = Self.bo }, limit: 10).stories.map(\.id) == ["new"])
    }

    @Test func accountsThatGotAMessage() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        Self.noteOne(fixture.store.trail)
        fixture.store.trail.note(
            TrailEvent("m1", .storedInJunk(reason: "spam"), to: "x@uni.example", account: AccountID(9)))
        #expect(try await fixture.store.trail.accounts(holding: "one@uni.example") == [Self.bo, AccountID(9)])
        #expect(try await fixture.store.trail.accounts(holding: "<other@uni.example>") == [])
    }
}
