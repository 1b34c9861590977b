import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct NotifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify", abstract: "Mail those who crossed a threshold, once for each crossing.",
        discussion: """
            Also those whose dated limit lapses within a week and who use more than what holds then. In the account's language \
            (mailctl account set --language). For cron or the timer; it may run as often as you like.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Option(help: ArgumentHelp("Thresholds.", valueName: "a%,b%")) var at = "80%,95%,100%"
    @Option(help: "en or sv: for accounts without a language of their own.") var language = NoticeLanguage.en
    @ArgumentParser.Flag(name: [.customShort("n"), .long], help: "Only say who would get one.") var dryRun = false
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto

    private static let columns: [Column<QuotaNotice>] = [
        Column("address") { .text($0.entry.address.description) }, Column("notice") { .text($0.kind.stored) },
        Column("percent") { .number($0.entry.percentUsed, shown: "\($0.entry.percentUsed)%") },
        Column("language") { .text($0.language.rawValue) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output)
        let plan = QuotaNoticePlan(thresholds: try thresholds())
        let (sent, failures) = try await common.withStore { try await notify($0, plan) }
        if dryRun || common.quiet == 0 && !sent.isEmpty { try writer.write(sent) }
        try failures.finish()
    }

    private func notify(
        _ administration: Administration, _ plan: QuotaNoticePlan
    ) async throws -> ([QuotaNotice], AccountFailures) {
        let due = try await administration.dueNotices(plan)
        var bar = MailTool.Progress("accounts", total: Int64(due.count), mode: common.quiet > 0 ? .never : progress)
        defer { bar.finish() }
        var (sent, failures): ([QuotaNotice], AccountFailures) = ([], AccountFailures())
        for due in due {
            do {
                if let notice = try await turn(due, administration) { sent.append(notice) }
            } catch {
                failures.tell(error, of: due.address)
            }
            bar.advance()
        }
        return (sent, failures)
    }

    /// The notice that was sent, or would be.
    private func turn(_ due: DueNotice, _ administration: Administration) async throws(AdminError) -> QuotaNotice? {
        let notice = try await administration.notice(due, otherwise: language)
        if dryRun { return notice }
        return try await administration.send(notice, due) ? notice : nil
    }

    private func thresholds() throws(ToolError) -> [Int64] {
        var result: [Int64] = []
        for text in at.split(separator: ",") { result.append(try Value.percent(String(text))) }
        guard !result.isEmpty else { throw .usage("--at: at least one percentage") }
        return result
    }
}

extension NoticeLanguage: ExpressibleByArgument {}
