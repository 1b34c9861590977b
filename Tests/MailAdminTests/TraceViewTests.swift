import MailMessage
import MailStore
import Testing

@testable import MailAdmin

/// What each reader may see of one message's way.
@Suite struct TraceViewTests {
    private static let anna = AccountID(1)
    private static let bo = AccountID(2)
    private static let carl = AccountID(3)

    /// Anna writes to Bo, who forwards to his private address and finds it in Junk, to Carl, and to somebody far away.
    private static let story = TrailStory(
        id: "m1",
        arrival: TrailArrival(
            sender: "anna@uni.example", origin: .login, peer: "192.0.2.1", size: 1_500, messageID: "<1@uni.example>",
            recipients: 3), account: anna, at: 100,
        steps: [
            TrailStep(
                at: 100, fact: .storedInJunk(reason: "spam, says rspamd"), recipient: "bo@uni.example", account: bo),
            TrailStep(at: 101, fact: .forwarded(to: "bo@private.example"), recipient: "bo@uni.example", account: bo),
            TrailStep(
                at: 102, fact: .relayed(host: "mx.private.example", reply: "250 ok"), recipient: "bo@private.example",
                queue: QueueID(4)),
            TrailStep(at: 100, fact: .delivered(mailbox: "Secret"), recipient: "carl@uni.example", account: carl),
            TrailStep(
                at: 103, fact: .deferred(host: "mx.far.example", reply: "451 later", until: 400),
                recipient: "dora@far.example", queue: QueueID(4)),
            TrailStep(at: 104, fact: .withdrawn(by: "root"), account: carl),
        ])

    private static func words(_ reader: AccountID?, _ language: NoticeLanguage = .en) -> [String] {
        TraceView(for: reader, in: language).lines(of: story).map { "\($0.recipient ?? "-"): \($0.words)" }
    }

    @Test func theOperatorSeesEverything() {
        #expect(
            Self.words(nil) == [
                "-: accepted from anna@uni.example (logged in, 192.0.2.1), 1.5 kB, 3 recipients",
                "bo@uni.example: put into Junk: spam, says rspamd", "bo@uni.example: forwarded to bo@private.example",
                "bo@private.example: taken over by mx.private.example: 250 ok",
                "carl@uni.example: delivered into Secret",
                "dora@far.example: mx.far.example did not take it yet: 451 later",
                "-: taken out of the mailbox by root",
            ])
    }

    /// Not in which folder, not that it was taken for spam, not where Bo has it sent.
    @Test func theSenderSeesWhatBecameOfEachRecipient() {
        #expect(
            Self.words(Self.anna) == [
                "-: accepted from anna@uni.example, 1.5 kB, 3 recipients", "bo@uni.example: delivered",
                "bo@uni.example: delivered", "carl@uni.example: delivered",
                "dora@far.example: mx.far.example did not take it yet: 451 later",
            ])
    }

    /// Not who else got it.
    @Test func aRecipientSeesHisOwn() {
        #expect(
            Self.words(Self.bo) == [
                "-: accepted from anna@uni.example, 1.5 kB", "bo@uni.example: put into Junk: spam, says rspamd",
                "bo@uni.example: forwarded to bo@private.example",
            ])
        #expect(
            Self.words(Self.carl, .sv) == [
                "-: mottaget från anna@uni.example, 1,5 kB", "carl@uni.example: levererat till Secret",
                "-: borttaget ur brevlådan",
            ])
    }

    @Test(arguments: [anna, bo, carl])
    func nobodyElsesNamesAreInTheRecordsEither(_ reader: AccountID) {
        let others: [AccountID: [String]] = [
            Self.anna: ["private.example", "rspamd", "Secret", "root", "192.0.2.1"],
            Self.bo: ["carl", "dora", "far.example", "Secret", "root", "192.0.2.1"],
            Self.carl: ["bo@", "dora", "far.example", "rspamd", "root", "192.0.2.1"],
        ]
        let text = TraceView(for: reader, in: .en).lines(of: Self.story).map { "\($0)" }.joined()
        for word in others[reader] ?? [] { #expect(!text.contains(word), "\(reader) sees \(word)") }
    }

    @Test func aRefusalIsOneLine() {
        let arrival = TrailArrival(sender: "x@evil.example", origin: .outside, peer: "203.0.113.9")
        let story = TrailStory(
            id: "r", arrival: arrival, account: nil, at: 5,
            steps: [
                TrailStep(
                    at: 5, fact: .refused(arrival, reply: "552 5.2.2 full"), recipient: "bo@uni.example",
                    account: Self.bo)
            ])
        #expect(
            TraceView(for: nil, in: .en).lines(of: story).map(\.words) == ["refused (203.0.113.9): 552 5.2.2 full"])
        #expect(TraceView(for: Self.bo, in: .sv).lines(of: story).map(\.words) == ["avvisat: 552 5.2.2 full"])
    }

    /// Every fact has its words in both languages, and they differ.
    @Test func bothLanguagesSayEverything() {
        let facts: [TrailFact] = [
            .accepted(TrailArrival(sender: "", origin: .outside)), .delivered(mailbox: ""), .storedInJunk(reason: ""),
            .queued(domain: "d"), .queued(domain: ""), .relayed(host: "h", reply: "r"),
            .deferred(host: "h", reply: "r", until: 1), .deferred(host: "", reply: "r", until: 1),
            .failed(host: "h", reply: "r"), .failed(host: "", reply: ""), .bounced, .delayNoticed, .held(reason: "r"),
            .released(by: "a"), .removed(by: "a"), .withdrawn(by: "a"), .restored(by: "a"), .forwarded(to: "f"),
            .discarded(reason: "r"), .refused(TrailArrival(sender: "s", origin: .outside), reply: "r"),
        ]
        let english = TraceWords(language: .en, isOperator: true)
        let swedish = TraceWords(language: .sv, isOperator: true)
        for fact in facts { #expect(english.text(fact) != swedish.text(fact) && !english.text(fact).isEmpty) }
        #expect(Set(facts.map { TraceEvent($0) }) == Set(TraceEvent.allCases))
    }
}
