import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "What organisations or classes use together, or who will be full when.",
        discussion: """
            With --forecast: who will be full within that time at the pace of the last 30 days, or because a dated limit lapses, and \
            what would help. The pace comes from samples that mail-serve takes once a day.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "org or class.") var groupBy = QuotaGrouping.org
    @Option(help: ArgumentHelp("Who will be full within this time, such as 30d.", valueName: "span"))
    var forecast: String?
    @Option(help: ArgumentHelp("At most so many of the forecast; 100.", valueName: "n")) var top: Int?
    @Option(
        help: ArgumentHelp("Send the report to this account instead.", valueName: "address"),
        completion: .names(.account)) var mail: String?
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto

    private static let standardTop = 100

    func run() async throws {
        if let top {
            guard top > 0 else { throw ToolError.usage("--top \(top): at least 1") }
            guard forecast != nil else { throw ToolError.usage("--top goes with --forecast") }
        }
        guard let forecast else {
            let writer = try writer(QuotaColumns.groups)
            let groups = try await common.withStore { try await $0.quotaReport(by: groupBy) }
            return try await give(groups, writer, "Mail quota report")
        }
        try await foresee(forecast)
    }

    private func foresee(_ span: String) async throws {
        let writer = try writer(QuotaColumns.forecasts)
        let seconds = try Value.span(span)
        let forecasts = try await common.withStore { try await ask($0, seconds) }
        if forecasts.isEmpty { common.tellPeople("nobody will be full within \(span)") }
        try await give(forecasts, writer, "Mail quota: full within \(span)")
        var failures = AccountFailures()
        for forecast in forecasts {
            if let failure = forecast.failure { failures.tell(failure, of: forecast.entry.address) }
        }
        try failures.finish()
    }

    private func ask(_ administration: Administration, _ seconds: Int64) async throws -> [QuotaForecast] {
        var bar: MailTool.Progress?
        defer { bar?.finish() }
        let mode = common.quiet > 0 ? .never : progress
        return try await administration.quotaForecast(
            within: seconds, limit: top ?? Self.standardTop,
            began: { bar = MailTool.Progress("accounts", total: Int64($0), mode: mode) }, progress: { bar?.advance() })
    }

    private func writer<Item>(_ columns: [Column<Item>]) throws(ToolError) -> RecordWriter<Item> {
        try RecordWriter(columns, output, environment: mail == nil ? Environment.format : nil)
    }

    private func give<Item>(_ items: [Item], _ writer: RecordWriter<Item>, _ subject: String) async throws {
        guard let mail else { return try writer.write(items) }
        let body = items.isEmpty ? "Nobody.\n" : writer.text(items)
        try await common.withStore { administration in
            let entry = try await administration.account(mail)
            try await administration.deliver(subject: subject, body: body, to: entry)
        }
    }
}

extension QuotaGrouping: ExpressibleByArgument {}
