import ArgumentParser
import MailCommand
import MailConfig
import MailTool

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "The configuration in force.",
        subcommands: [ConfigShow.self, ConfigCheck.self])
}

struct ConfigShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Every key with its value, as a file that gives the same configuration.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Flag(help: "As a list, with where each value comes from.") var origin = false

    private typealias Row = (key: String, value: String, origin: String)
    private static let columns: [Column<Row>] = [
        Column("key") { .text($0.key) }, Column("value") { .text($0.value) }, Column("origin") { .text($0.origin) },
    ]

    func run() async throws {
        let configuration = try common.configuration()
        let isList = origin || output.format != nil || output.json || output.zero || output.columns != nil
        guard isList else { return try StandardOutput.shared.write(configuration.text) }
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        do {
            try writer.write(try common.loader.origins())
        } catch let error as ConfigurationError {
            throw ToolError(error)
        }
    }
}

struct ConfigCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Every wrong or unknown key with its line: 0 or 78.",
        discussion: "mail-serve --check-config looks at certificates, ports and the store as well.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions

    func run() async throws {
        _ = try common.configuration()
        let path = common.loader.file.path
        try common.say("\(path) is right", result, [("file", .text(path)), ("problems", .list([]))])
    }
}
