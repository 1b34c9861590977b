import MailAdmin
import MailMessage
import MailStore

/// What the server did in a day, a week or a month.
struct Charts {
    static let periods: [StatisticsPeriod] = [.day, .week, .month]

    let samples: [StatisticsSample]
    let period: StatisticsPeriod
    let words: Words

    var html: HTML {
        guard samples.contains(where: { $0.counts != .zero || $0.diskTotal > 0 || $0.queued > 0 }) else {
            return """
                <p>\(words(
                    "Nothing has been counted yet: the server does every five minutes.",
                    "Inget har räknats än: servern gör det var femte minut."))</p>
                """
        }
        return """
            <div class="charts">
            \(chart("in", words("Mail taken in", "Mottagna brev")) { $0.counts.messagesIn })\
            \(chart("out", words("Copies delivered from the queue", "Exemplar levererade ur kön")) { $0.counts.messagesOut })\
            \(chart("logins", words("Logins", "Inloggningar")) { $0.counts.logins })\
            \(chart("failures", words("Failed logins", "Misslyckade inloggningar")) { $0.counts.failures })\
            \(chart("queued", words("Mail in the queue", "Brev i kön"), .last) { $0.queued })\
            \(disk)</div>
            """
    }

    private var disk: HTML {
        let words = words
        var chart = make("disk", words("Disk used", "Använt på disken"), .last) { $0.diskUsed }
        chart.text = { words.size($0) }
        return chart.html
    }

    private func chart(
        _ id: String, _ title: String, _ whole: Chart.Whole = .sum, _ value: (StatisticsSample) -> Int64
    ) -> HTML {
        make(id, title, whole, value).html
    }

    private func make(
        _ id: String, _ title: String, _ whole: Chart.Whole, _ value: (StatisticsSample) -> Int64
    ) -> Chart {
        let words = words
        return Chart(
            id: "chart-\(id)", title: title, points: samples.map { .init(at: $0.at, value: value($0)) }, whole: whole,
            lastKnown: samples.last { $0.diskTotal > 0 }.map(value) ?? 0, words: words, text: { words.number($0) },
            isByDays: period.partSeconds >= 86_400)
    }

    /// Links to the other periods.
    static func choice(_ period: StatisticsPeriod, _ words: Words) -> HTML {
        let links = periods.map { each -> HTML in
            let name = name(each, words)
            return each == period
                ? "<li><strong aria-current=\"true\">\(name)</strong></li>\n"
                : "<li><a href=\"/admin?period=\(each.rawValue)\">\(name)</a></li>\n"
        }
        return "<ul class=\"periods\" aria-label=\"\(words("Period", "Tid"))\">\n\(links)</ul>\n"
    }

    private static func name(_ period: StatisticsPeriod, _ words: Words) -> String {
        switch period {
        case .day: words("One day", "Ett dygn")
        case .week: words("One week", "En vecka")
        case .month: words("30 days", "30 dagar")
        case .year: words("One year", "Ett år")
        }
    }
}
