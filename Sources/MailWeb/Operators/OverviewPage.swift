import MailAdmin
import MailMessage
import MailStore
import MailWire

/// How the whole is: figures of this moment, and charts.
enum OverviewPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let words = visit.words
        let period = visit.request.target.query["period"].flatMap(StatisticsPeriod.init) ?? .day
        let figures = try await visit.site.overview.figures(of: visit.site.store, now: visit.site.clock())
        let samples = try await visit.administration().serverStatistics(of: period)
        let content: HTML = """
            <section><h2>\(words("Now", "Nu"))</h2>
            \(now(figures, try await lockedTries(visit), visit))</section>
            <section><h2>\(words("Over time", "Över tid"))</h2>
            \(Charts.choice(period, words))\(Charts(samples: samples, period: period, words: words).html)</section>
            """
        return visit.frame(words("Overview", "Översikt")).response(content)
    }

    /// Who is locked out cannot be counted, for the table of failures holds digests; how often somebody met a locked door can.
    private static func lockedTries(_ visit: Visit) async throws -> Int64 {
        try await visit.administration().serverStatistics(of: .day).reduce(0) { $0 &+ $1.counts.locked }
    }

    private static func now(_ figures: Overview, _ locked: Int64, _ visit: Visit) -> HTML {
        let words = visit.words
        func number(_ value: Int) -> String { words.number(Int64(value)) }
        let oldest = figures.oldestAt.map {
            words("the oldest since \(words.moment($0))", "det äldsta sedan \(words.moment($0))")
        }
        let certificate = figures.certificateEndsAt.map { end in
            words.span(max(0, end - visit.site.clock())) + " (\(words.day(end)))"
        }
        return """
            <dl>
            <dt>\(words("Accounts", "Konton"))</dt><dd>\(number(figures.accounts))</dd>
            <dt>\(words("Nearly full", "Nästan fulla"))</dt><dd>\(words(
                "\(number(figures.nearlyFull)) use \(Overview.nearlyFullPercent) % of their space or more",
                "\(number(figures.nearlyFull)) använder \(Overview.nearlyFullPercent) % av sitt utrymme eller mer"))</dd>
            <dt>\(words("Mail of all", "Allas e-post"))</dt><dd>\(words.size(figures.used))</dd>
            <dt><a href="/admin/queue">\(words("In the queue", "I kön"))</a></dt><dd>\(number(figures.queue.entries))\(oldest.map { ", " + $0 } ?? "")</dd>
            <dt><a href="/admin/queue?state=held">\(words("Held", "Kvarhållna"))</a></dt><dd>\(words(
                "\(number(figures.queue.held)) recipients", "\(number(figures.queue.held)) mottagare"))</dd>
            <dt>\(words("Locked out", "Utelåsta"))</dt><dd>\(words(
                "\(words.number(locked)) tries in the last day", "\(words.number(locked)) försök det senaste dygnet"))</dd>
            <dt>\(words("The certificate holds for", "Certifikatet gäller i"))</dt><dd>\(certificate ?? words("not known", "inte känt"))</dd>
            </dl>
            """
    }
}
