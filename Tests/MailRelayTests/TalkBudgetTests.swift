import Testing

@testable import MailRelay

@Suite struct TalkBudgetTests {
    private static func budget(_ seconds: Int, now: ContinuousClock.Instant) -> TalkBudget {
        TalkBudget(seconds: seconds, octets: 100, octetsPerReply: 10, now: now)
    }

    @Test func aWaitIsAsLongAsThereIsTime() {
        let start = ContinuousClock.now
        let budget = Self.budget(60, now: start)
        #expect(budget.wait(30, now: start) == 30)
        #expect(budget.wait(300, now: start + .seconds(50)) == 10)
        #expect(budget.wait(300, now: start + .milliseconds(59_900)) == 1)
        #expect(budget.wait(300, now: start + .seconds(60)) == nil)
        #expect(Self.budget(0, now: start).wait(1, now: start) == nil)
    }

    @Test func eachReplyIsWorthSomeOctets() {
        var budget = Self.budget(60, now: .now)
        let first = budget.take(99)
        budget.addReply()
        let rest = [10, 1, .max].map { budget.take($0) }
        #expect(first && rest == [true, false, false])
    }

    @Test func aLargeMessageHasItsShare() throws {
        var settings = try TalkCase.settings()
        (settings.longestSeconds, settings.leastOctetsPerSecond) = (100, 200)
        #expect(settings.longestTalk(of: 0) == 100)
        #expect(settings.longestTalk(of: 20_000) == 200)
        #expect(settings.longestTalk(of: -1) == 100)
    }

    /// Each reply within its bounds, and all of them too much: RFC 5321 §4.5.3.1.5 has 512 octets for one.
    @Test func aHostThatTalksTooMuchIsLeft() async throws {
        let line = String(repeating: "x", count: 400)
        let long = String(repeating: "S: 250-\(line)\n", count: 100) + "S: 250 ok\n"
        let rounds = String(repeating: "C~ RCPT\n\(long)", count: 5)
        let hop = try await ScriptedHop("S: 220 mx.test\nC~ EHLO\nS: 250 mx.test\nC~ MAIL\n\(long)\(rounds)")
        let message = TalkCase.message(to: (0..<5).map { "b\($0)@y.test" })
        let said = try await TalkCase.send([message], to: hop)
        let words = "deferred 0 4.5.0 mx.test answered more than anybody needs to say"
        #expect(said == [Array(repeating: words, count: 5)])
        await hop.stop()
    }

    @Test func aHostThatDripsIsLeft() async throws {
        let slow = String(repeating: "C~ RCPT\n! drip 250 ok\n", count: 20)
        let hop = try await ScriptedHop("S: 220 mx.test\nC~ EHLO\nS: 250 mx.test\nC~ MAIL\nS: 250 ok\n" + slow)
        var settings = try TalkCase.settings()
        settings.longestSeconds = 2
        let message = TalkCase.message(to: (0..<20).map { "b\($0)@y.test" })
        let begun = ContinuousClock.now
        let said = try await TalkCase.send([message], to: hop, settings: settings)
        #expect(ContinuousClock.now - begun < .seconds(20))
        let words = "deferred 0 4.4.2 mx.test had not taken the message after 2 s, however slowly"
        #expect(said == [Array(repeating: words, count: 20)])
        await hop.stop()
    }

    /// One that says nothing for ever costs the whole of it and no more, whatever a single wait may take.
    @Test func aSilentHostIsLeft() async throws {
        let hop = try await ScriptedHop("C~ NEVER")
        var settings = try TalkCase.settings()
        settings.longestSeconds = 2
        let begun = ContinuousClock.now
        let failure = try await TalkCase.failure(hop, settings: settings)
        #expect(ContinuousClock.now - begun < .seconds(20))
        #expect(failure?.stage == .greeting && failure?.reply.status == "4.4.2")
        await hop.stop()
    }
}
