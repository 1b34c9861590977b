import NIOCore
import NIOEmbedded
import Testing

@testable import MailTransport

@Suite struct DeadlineWheelTests {
    final class Fired { var times = 0 }

    /// Within the wheel's turn, at its end, beyond it; never early, at most 200 ms late.
    @Test(arguments: [1, 50, 100, 999, 60_000, 204_700, 204_800, 204_900, 1_800_000] as [Int64])
    func passesOnce(milliseconds: Int64) {
        let loop = EmbeddedEventLoop()
        let wheel = DeadlineWheel(loop)
        let fired = Fired()
        let deadline = Deadline { fired.times += 1 }
        loop.advanceTime(by: .milliseconds(33))
        wheel.set(deadline, after: .milliseconds(milliseconds))
        loop.advanceTime(by: .milliseconds(milliseconds))
        #expect(fired.times == 0)
        loop.advanceTime(by: .milliseconds(200))
        #expect(fired.times == 1)
        loop.advanceTime(by: .hours(1))
        #expect(fired.times == 1)
        wheel.remove(deadline)
    }

    @Test func movesAndClears() {
        let loop = EmbeddedEventLoop()
        let wheel = DeadlineWheel(loop)
        let fired = [Fired(), Fired(), Fired(), Fired()]
        let deadlines = fired.map { fired in Deadline { fired.times += 1 } }
        for deadline in deadlines { wheel.set(deadline, after: .seconds(10)) }
        wheel.set(deadlines[0], after: .seconds(20))
        wheel.set(deadlines[1], after: .seconds(5))
        wheel.clear(deadlines[2])
        wheel.remove(deadlines[3])
        loop.advanceTime(by: .seconds(6))
        #expect(fired.map(\.times) == [0, 1, 0, 0])
        loop.advanceTime(by: .seconds(5))
        #expect(fired.map(\.times) == [0, 1, 0, 0])
        loop.advanceTime(by: .seconds(10))
        #expect(fired.map(\.times) == [1, 1, 0, 0])
    }

    /// A deadline that a deadline sets; a wheel that slept longer than its turn.
    @Test func goesOnAfterALongSleep() {
        let loop = EmbeddedEventLoop()
        let wheel = DeadlineWheel(loop)
        let fired = Fired()
        let late = Deadline { fired.times += 10 }
        let first = Deadline {
            fired.times += 1
            wheel.set(late, after: .seconds(1))
        }
        wheel.set(first, after: .seconds(1))
        loop.advanceTime(by: .hours(10))
        #expect(fired.times % 10 == 1)
        loop.advanceTime(by: .seconds(2))
        #expect(fired.times == 11)
    }

    @Test func thousandsShareOneTimer() {
        let loop = EmbeddedEventLoop()
        let wheel = DeadlineWheel(loop)
        let fired = Fired()
        let deadlines = (0..<5000).map { _ in Deadline { fired.times += 1 } }
        for (index, deadline) in deadlines.enumerated() {
            wheel.set(deadline, after: .milliseconds(Int64(index * 7 % 3000)))
        }
        for deadline in deadlines.prefix(1000) { wheel.remove(deadline) }
        loop.advanceTime(by: .seconds(4))
        #expect(fired.times == 4000)
    }
}
