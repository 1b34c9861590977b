import Testing

@testable import MailSupervisor

@Suite struct WatchdogPulseTests {
    @Test(
        arguments: [
            ("30000000", "7", 15_000), ("30000000", nil, 15_000), ("30000000", "8", nil), (nil, "7", nil),
            ("0", nil, nil),
            ("-5", nil, nil), ("soon", nil, nil),
        ] as [(String?, String?, Int?)])
    func readsTheVariables(microseconds: String?, process: String?, milliseconds: Int?) {
        let pulse = WatchdogPulse(microseconds: microseconds, process: process, own: 7)
        #expect(pulse.interval == milliseconds.map { .milliseconds($0) })
    }

    /// One row after the other: the time, whether all is well, whether a sign of life is due.
    @Test func beatsOncePerIntervalAndOnlyWhileAllIsWell() {
        var pulse = WatchdogPulse(microseconds: "2000000", process: nil, own: 7)
        #expect(pulse.turn == .milliseconds(500))
        let rows: [(milliseconds: Int, isWell: Bool, isDue: Bool)] = [
            (9_000, false, false), (10_000, true, true), (10_400, true, false), (10_999, true, false),
            (11_000, false, false), (11_000, true, true), (99_000, true, true),
        ]
        for row in rows {
            let isDue = pulse.isDue(now: .milliseconds(row.milliseconds), isWell: row.isWell)
            #expect(isDue == row.isDue, "at \(row)")
        }
    }
}
