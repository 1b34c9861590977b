import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct RetentionSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set how long mail may lie in Trash and in Junk.",
        discussion: "A span such as 30d, never, or default for what the level below says.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var scope: RetentionScopeOptions
    @Option(help: ArgumentHelp("In Trash and below.", valueName: "span")) var trash: String?
    @Option(help: ArgumentHelp("In Junk and below.", valueName: "span")) var junk: String?

    func validate() throws {
        if trash == nil, junk == nil { throw ValidationError("nothing to set: --trash or --junk") }
    }

    func run() async throws {
        let trash = try self.trash.map { text throws(ToolError) in try Self.period(text, "--trash") }
        let junk = try self.junk.map { text throws(ToolError) in try Self.period(text, "--junk") }
        try await common.changeRetention(scope, result) { rule in
            if let trash { rule.trash = trash.value }
            if let junk { rule.junk = junk.value }
        }
    }

    /// What was said; `value` nil: the level below decides.
    private struct Said: Sendable { let value: RetentionPeriod? }

    private static func period(_ text: String, _ option: String) throws(ToolError) -> Said {
        switch text {
        case "never": return Said(value: .never)
        case "default": return Said(value: nil)
        default:
            guard let seconds = SpanText.parse(text), seconds > 0 else {
                throw .data("\(option) \(text): a span such as 30d, never, or default")
            }
            return Said(value: .seconds(Int64(seconds)))
        }
    }
}

struct RetentionUnset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unset", abstract: "Take periods away again; a hold stays.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var scope: RetentionScopeOptions

    func run() async throws {
        try await common.changeRetention(scope, result) { rule in (rule.trash, rule.junk) = (nil, nil) }
    }
}
