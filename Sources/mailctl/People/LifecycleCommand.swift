import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct LifecycleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lifecycle", abstract: "What happens to whom on which day.",
        discussion: """
            Accounts that expire, and app passwords. A running server carries out what is due once a minute; --run does it
            without a server, from cron.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Option(help: ArgumentHelp("Only up to this day: a date, or a span from now such as 90d.", valueName: "date"))
    var until: String?
    @ArgumentParser.Flag(help: "Carry out what is due, and say what was done.") var run = false

    private static let columns: [Column<LifecycleLine>] = [
        Column("at") { .time($0.at) }, Column("account") { .text($0.account.description) },
        Column("org") { .text($0.organisation?.text) }, Column("action") { .text($0.action) },
        Column("state") { .text($0.state.rawValue) },
    ]

    func validate() throws {
        if run, until != nil { throw ValidationError("--run carries out what is due, whatever --until says") }
    }

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        let moment = try until.map(moment)
        let carriesOut = run
        let lines = try await common.withStore { administration in
            try await carriesOut ? administration.runLifecycle() : administration.lifecycle(until: moment)
        }
        // A run with nothing to do is silent: cron would send a mail.
        if !carriesOut || !lines.isEmpty { try writer.write(lines) }
    }

    private func moment(_ text: String) throws(ToolError) -> EpochSeconds {
        if let seconds = SpanText.parse(text) { return try common.clock()() + EpochSeconds(seconds) }
        return try Value.moment(text)
    }
}
