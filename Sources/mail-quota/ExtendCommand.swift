import ArgumentParser
import MailAdmin
import MailCommand
import MailTool

struct ExtendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extend",
        abstract: "Give more for a while; it lapses by itself, warns before, and deletes nothing.",
        usage: "mail-quota extend {ADDRESS... | --org ORG} +SIZE --until DATE [--reason TEXT]")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var targets: QuotaTargets
    @Option(help: ArgumentHelp("The last moment; a week before the user is warned.", valueName: "date"))
    var until: String
    @Option(help: ArgumentHelp("Why, for the next administrator.", valueName: "text")) var reason = ""
    @Argument(
        help: ArgumentHelp("Accounts, and how much more last.", valueName: "address|+size"),
        completion: .names(.account)) var words: [String]

    func run() async throws {
        guard let size = words.last else { throw ToolError.usage("how much more is missing: +200MB") }
        guard case .add(let bytes) = try Value.sizeChange(size), bytes > 0 else {
            throw ToolError.data("\"\(size)\" is not how much more: +200MB", hint: "mail-quota set sets a limit itself")
        }
        var terms = QuotaTerms()
        (terms.until, terms.reason, terms.grace) = (until, reason, "0")
        let order = try terms.order(.add(bytes), common)
        try await QuotaRun(common: common, result: result).run(targets, Array(words.dropLast()), order)
    }
}
