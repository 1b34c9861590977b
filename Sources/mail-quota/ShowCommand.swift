import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Who uses how much of which limit, and where the limit comes from.",
        discussion: "Without a name: everybody. Figures come from hints, at most seconds old.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Flag(help: "Everybody.") var all = false
    @Option(help: "Only this organisation.", completion: .names(.org)) var org: String?
    @Option(name: .customLong("class"), help: "Only this class.", completion: .names(.class)) var accountClass: String?
    @Option(help: ArgumentHelp("Only who uses so much of the limit, the fullest first.", valueName: "percent"))
    var over: String?
    @Option(help: ArgumentHelp("Only so many, the fullest first.", valueName: "n")) var top: Int?
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"), completion: .names(.account))
    var names: [String] = []

    func run() async throws {
        let writer = try RecordWriter(QuotaColumns.accounts, output, environment: Environment.format)
        let selection = try selection()
        let entries = try await common.withStore { try await self.entries($0, selection) }
        if let only = entries.first, names.count == 1 { return try writer.writeOne(only) }
        try writer.write(entries)
    }

    private func entries(_ administration: Administration, _ selection: QuotaSelection) async throws -> [AccountEntry] {
        guard !names.isEmpty else { return try await administration.quotas(of: selection) }
        var entries: [AccountEntry] = []
        for name in names { entries.append(try await administration.account(name)) }
        return entries
    }

    private func selection() throws(ToolError) -> QuotaSelection {
        var selection = QuotaSelection()
        selection.organisation = try org.map(Value.organisation)
        selection.accountClass = try accountClass.map(Value.accountClass)
        selection.least = try over.map(Value.percent)
        if let top, top < 1 { throw .usage("--top \(top): at least 1") }
        selection.top = top
        let narrows = org != nil || accountClass != nil || over != nil || top != nil || all
        if !names.isEmpty, narrows { throw .usage("either names, or --all, --org, --class, --over and --top") }
        return selection
    }
}
