import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct AccountList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Accounts, all or some.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Only this organisation.", completion: .names(.org)) var org: String?
    @Option(name: .customLong("class"), help: "Only this class.", completion: .names(.class)) var accountClass: String?
    @Option(help: "active, no-password, suspended or removed.") var status: String?
    @Option(help: ArgumentHelp("Nobody logged in for so long, such as 365d.", valueName: "span")) var inactive: String?
    @Option(help: ArgumentHelp("Login, address or name, with * and ?.", valueName: "glob")) var match: String?

    func run() async throws {
        let writer = try RecordWriter(AccountCommand.columns, output, environment: Environment.format)
        var filter = AccountFilter(match: match)
        filter.organisation = try org.map(Value.organisation)
        filter.accountClass = try accountClass.map(Value.accountClass)
        filter.status = try wantedStatus()
        filter.inactiveSince = try inactive.map(moment)
        let wanted = filter
        try writer.write(try await common.withStore { try await $0.accounts(matching: wanted) })
    }

    private func wantedStatus() throws(ToolError) -> AccountStatus? {
        guard let status else { return nil }
        guard let known = AccountStatus(rawValue: status) else {
            throw .usage("--status \(status): one of \(AccountStatus.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return known
    }

    private func moment(_ text: String) throws(ToolError) -> EpochSeconds {
        guard let seconds = SpanText.parse(text), seconds > 0 else {
            throw .usage("--inactive \(text): a span such as 365d")
        }
        return try common.clock()() - EpochSeconds(seconds)
    }
}
