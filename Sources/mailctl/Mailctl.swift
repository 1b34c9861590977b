import ArgumentParser
import MailCommand
import MailTool

/// Arguments -> value -> one call -> output. What happens is in MailAdmin; how it looks is in MailTool.
@main
struct Mailctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mailctl", abstract: "Administer a posthus mail store.",
        discussion: "The server need not run. Exit codes and formats: mailctl(8).", version: "posthus 0.1",
        subcommands: [
            StoreCommand.self, DomainCommand.self, AccountCommand.self, PasswordCommand.self, AliasCommand.self,
            OrgCommand.self, ClassCommand.self, RoleCommand.self, ImportCommand.self, ExportCommand.self,
            SettingsCommand.self,
            ShareCommand.self, RetentionCommand.self, RestoreCommand.self, QueueCommand.self, FeatureCommand.self,
            ForwardCommand.self, VacationCommand.self,
            LifecycleCommand.self, SessionCommand.self, BlockCommand.self, ProbeLogCommand.self, IdentityCommand.self,
            DKIMCommand.self, DNSCommand.self, UnitsCommand.self, ConfigCommand.self, AuditCommand.self,
            TopCommand.self, StatisticsCommand.self, TraceCommand.self,
            MessageCommand.self, SendingCommand.self,
        ])

    @OptionGroup var tool: ToolOptions

    static func main() {
        NameCompletion.answerIfAsked()
        ToolMain.start(Mailctl.self)
    }
}
