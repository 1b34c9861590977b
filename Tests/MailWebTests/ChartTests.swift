import MailAdmin
import MailStore
import Testing

@testable import MailWeb

@Suite struct ChartTests {
    private static func chart(_ values: [Int64], _ whole: Chart.Whole = .sum, _ language: Language = .english) -> Chart
    {
        let words = Words(language)
        return Chart(
            id: "c", title: "Mail <in>", points: values.enumerated().map { .init(at: Int64($0) * 86_400, value: $1) },
            whole: whole, lastKnown: values.last ?? 0, words: words, text: { words.number($0) }, isByDays: true)
    }

    @Test(arguments: [
        (Int64(0), Int64(0), 0), (0, 9, 0), (1, 1_000_000, 1), (5, 10, 50), (10, 10, 100), (.max, .max, 100),
        (-1, 5, 0),
    ])
    func bars(value: Int64, most: Int64, height: Int) { #expect(Chart.barHeight(value, most: most) == height) }

    @Test func theSentenceSaysTheMostImportant() {
        #expect(Self.chart([1, 1_200, 0]).summary == "1,201 in all, at most 1,200 (1970-01-02).")
        #expect(Self.chart([7, 3, 0], .last).summary == "0 at last, at most 7 (1970-01-01).")
        #expect(Self.chart([1, 2], .sum, .swedish).summary == "3 sammanlagt, som mest 2 (1970-01-02).")
        for none in [Self.chart([]), Self.chart([0, 0])] { #expect(none.summary == "nothing yet.") }
    }

    /// Everything that is drawn stands in the table as well, and no style is written into it.
    @Test func theDrawing() {
        let text = Self.chart([1, 2, 3]).html.text
        #expect(text.split(separator: "<rect").count == 4 && text.split(separator: "<th scope=\"row\">").count == 4)
        #expect(text.contains("Mail &lt;in&gt;") && !text.contains("style=") && !text.contains("<in>"))
        #expect(text.contains("role=\"img\"") && text.contains("aria-labelledby=\"c\""))
    }

    @Test func partsByTheClock() {
        let now: Int64 = 1_800_000_100
        for period in StatisticsPeriod.allCases {
            let start = period.start(now: now)
            let samples = [-1, 0, period.partSeconds - 1, now - start].map { offset in
                StatisticsSample(
                    at: start + offset, seconds: 300,
                    counts: ServerCounts(messagesIn: 1, messagesOut: 0, logins: 0, failures: 0, locked: 0),
                    queued: offset,
                    diskUsed: 5)
            }
            let series = period.series(of: samples, now: now)
            #expect(series.count == period.parts)
            #expect(series.first?.counts.messagesIn == 2 && series.last?.counts.messagesIn == 1)
            #expect(series.first?.queued == period.partSeconds - 1 && series.last?.diskUsed == 5)
            #expect(series.map(\.counts.messagesIn).reduce(0, +) == 3, "what was before is left out")
        }
    }
}
