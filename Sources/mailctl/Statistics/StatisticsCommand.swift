import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

extension StatisticsPeriod: ExpressibleByArgument {}

struct StatisticsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statistics",
        abstract: "What the server did: mail, logins, queue and disk, as the charts show it.",
        discussion: "Oldest first. A running server counts every five minutes; what it does now: top.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "day by half hours, week by three hours, month by days or year by weeks.")
    var period = StatisticsPeriod.day

    private static let columns: [Column<StatisticsSample>] = [
        Column("at") { .time($0.at) }, Column("seconds", isShown: false) { .number($0.seconds) },
        Column("messages_in") { .number($0.counts.messagesIn) },
        Column("messages_out") { .number($0.counts.messagesOut) }, Column("logins") { .number($0.counts.logins) },
        Column("failed_logins") { .number($0.counts.failures) }, Column("locked_logins") { .number($0.counts.locked) },
        Column("queued") { .number($0.queued) },
        Column("disk_used_bytes") { Self.bytes($0.diskUsed) },
        Column("disk_total_bytes", isShown: false) { Self.bytes($0.diskTotal) },
    ]

    /// 0: nobody looked.
    private static func bytes(_ bytes: Int64) -> Field {
        bytes == 0 ? .number(nil) : .number(bytes, shown: SizeText.format(bytes))
    }

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        try writer.write(try await common.withStore { try await $0.serverStatistics(of: period) })
    }
}
