import ArgumentParser
import MailTool

/// Arguments -> value -> one call -> output. What happens is in MailAdmin; how it looks is in MailTool.
@main
struct MailQuota: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail-quota", abstract: "Report and set how much mail accounts may hold.",
        discussion: """
            An account's own limit counts before its organisation's, that before its class's, that before the default. MB are \
            decimal: 500MB are 500,000,000 bytes. The trash counts. The server need not run. Exit codes and formats: mail-quota(8).
            """,
        version: "posthus 0.1",
        subcommands: [
            ShowCommand.self, SetCommand.self, ExtendCommand.self, UnsetCommand.self, ReportCommand.self,
            CheckCommand.self, RecountCommand.self, NotifyCommand.self,
        ])

    @OptionGroup var tool: ToolOptions

    static func main() { ToolMain.start(MailQuota.self) }
}
