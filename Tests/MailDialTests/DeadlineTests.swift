import Testing

@testable import MailDial

@Suite struct DeadlineTests {
    @Test func theEarlierOneCounts() {
        let far = Deadline.after(milliseconds: 60_000)
        #expect(far.within(milliseconds: 1_000).millisecondsLeft <= 1_000)
        #expect(Deadline.after(milliseconds: 10).within(milliseconds: 60_000).millisecondsLeft <= 10)
    }

    @Test(arguments: [0, -1, Int.min]) func whatIsOverHasPassed(milliseconds: Int) {
        #expect(Deadline.after(milliseconds: milliseconds).hasPassed)
    }

    @Test func noSpanIsTooLong() {
        #expect(!Deadline.after(milliseconds: .max).hasPassed)
    }
}
