import MailMessage
import Testing

@testable import MailStore

@Suite struct TrailBufferTests {
    private static func event(_ number: Int) -> TrailEvent { TrailEvent("m\(number)", .bounced) }

    @Test func firstEventAsksForATimerAndABatchForAFlush() {
        var buffer = TrailBuffer()
        #expect(buffer.add(Self.event(0)) == .timer)
        for number in 1..<TrailBuffer.batch - 1 { #expect(buffer.add(Self.event(number)) == .nothing) }
        #expect(buffer.add(Self.event(0)) == .flush)
        buffer.timerFired()
        #expect(buffer.add(Self.event(0)) == .timer)
    }

    @Test func whatDoesNotFitIsCounted() throws {
        var buffer = TrailBuffer()
        for number in 0..<TrailBuffer.mostWaiting + 3 { _ = buffer.add(Self.event(number)) }
        #expect(buffer.lost == 3 && buffer.waiting.count == TrailBuffer.mostWaiting)
        let taken = buffer.take()
        let (events, lost) = try #require(taken)
        #expect(events.count == TrailBuffer.batch && events.first == Self.event(0) && lost == 3 && buffer.lost == 0)
    }

    @Test func whatCouldNotBeWrittenComesFirstAgain() throws {
        var buffer = TrailBuffer()
        for number in 0..<3 { _ = buffer.add(Self.event(number)) }
        let taken = buffer.take()
        let (events, _) = try #require(taken)
        #expect(buffer.take() == nil && !buffer.isSettled)
        _ = buffer.add(Self.event(3))
        buffer.timerFired()
        #expect(buffer.putBack(events, lost: 5) == .timer)
        #expect(buffer.waiting == (0...3).map(Self.event) && buffer.lost == 5)
    }

    @Test func aFullBufferLosesTheOldest() throws {
        var buffer = TrailBuffer()
        for number in 0..<TrailBuffer.mostWaiting { _ = buffer.add(Self.event(number)) }
        let taken = buffer.take()
        let (events, _) = try #require(taken)
        for number in 0..<TrailBuffer.batch - 2 { _ = buffer.add(Self.event(number)) }
        _ = buffer.putBack(events, lost: 0)
        #expect(buffer.waiting.count == TrailBuffer.mostWaiting && buffer.lost == TrailBuffer.batch - 2)
        #expect(buffer.waiting.first == events.suffix(2).first)
    }

    /// A disk that is gone: the count of what was lost is itself written later.
    @Test func lossIsTold() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        for number in 0..<TrailBuffer.mostWaiting * 3 { fixture.store.trail.note(Self.event(number)) }
        await fixture.store.trail.flush()
        let kept = try await fixture.store.trail.search(TrailFilter(), limit: 1)
        let lost = try await fixture.store.trail.lost(since: 0)
        #expect(kept.stories.isEmpty)
        let written = try await fixture.store.trail.lane.read {
            try $0("SELECT count(*) FROM trail_event WHERE id <> ''").number() ?? 0
        }
        #expect(Int(written) + lost == TrailBuffer.mostWaiting * 3)
        #expect(try await fixture.store.trail.lost(since: 1_001) == 0)
    }
}
