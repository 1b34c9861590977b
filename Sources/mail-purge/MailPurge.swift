import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

/// Arguments -> value -> one call -> output. What happens is in MailAdmin; how it looks is in MailTool.
@main
struct MailPurge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail-purge", abstract: "Remove what has lain in Trash, or in Junk, for long enough.",
        discussion: """
            A message's time begins when it enters Trash and ends when it leaves; seven days, unless mailctl retention says
            otherwise. What goes can be brought back with mailctl restore for two weeks.
            """, version: "posthus 0.1")

    /// Databases open at the same time: each takes three descriptors.
    static let openAccounts = 64

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var guards: GuardOptions
    @ArgumentParser.Flag(name: [.customShort("n"), .long], help: "Say what would go, change nothing.")
    var dryRun = false
    @ArgumentParser.Flag(help: "With --dry-run: each message.") var messages = false
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto
    @OptionGroup var tool: ToolOptions

    static func main() { ToolMain.start(MailPurge.self) }

    func validate() throws {
        if messages, !dryRun { throw ValidationError("--messages goes with --dry-run") }
    }

    func run() async throws {
        let report = try PurgeOutput(common, output, isDryRun: dryRun, listsMessages: messages)
        var request = try selection.request()
        try guards.apply(to: &request)
        request.isDryRun = dryRun
        StopSignal.install()
        try await common.withStore(openAccounts: Self.openAccounts, threads: PurgeRun.width) { administration in
            try await selection.resolve(&request, administration)
            guard let lock = try guards.lock(administration, isNeeded: !dryRun, common) else { return }
            let summary = try await purge(administration, request, report)
            withExtendedLifetime(lock) {}
            try report.finish(summary)
        }
    }

    private func purge(
        _ administration: Administration, _ request: PurgeRequest, _ report: PurgeOutput
    ) async throws -> PurgeSummary {
        var bar: MailTool.Progress?
        defer { bar?.finish() }
        let mode = common.quiet > 0 ? .never : progress
        let run = PurgeRun(administration, request, listsMessages: messages, isStopped: { StopSignal.isReceived })
        do {
            return try await run.run(
                began: { bar = MailTool.Progress("accounts", total: Int64($0), mode: mode) },
                progress: { account in
                    report.take(account)
                    bar?.advance()
                })
        } catch PurgeError.early(let accounts) {
            throw ToolError.usage(
                "in \(Value.count(accounts, "account")) mail would go before the time that is set for it",
                hint: "look with --dry-run, then repeat with --yes")
        } catch PurgeError.admin(let error) {
            throw ToolError(error)
        }
    }
}
