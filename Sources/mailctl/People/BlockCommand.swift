import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct BlockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "block", abstract: "Addresses and networks that are refused at every port.",
        subcommands: [BlockAdd.self, BlockList.self, BlockRemove.self])
}

struct BlockAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Refuse an address or a network from now on.",
        discussion: "A running server does within two seconds, and ends what is open from there.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("Why, for the next administrator.", valueName: "text")) var reason = ""
    @Option(
        help: ArgumentHelp(
            "Until then: a date, or a span from now such as 2h; for ever when not given.", valueName: "time"))
    var until: String?
    @Argument(help: ArgumentHelp("Such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32.", valueName: "address")) var prefix:
        String

    func run() async throws {
        let end = try until.map(moment)
        let made = try await common.withStore { try await $0.block(prefix, reason: reason, until: end) }
        try common.tell(made.outcome, "address", made.prefix, result)
    }

    private func moment(_ text: String) throws(ToolError) -> EpochSeconds {
        if let seconds = SpanText.parse(text) { return try common.clock()() + EpochSeconds(seconds) }
        return try Value.moment(text)
    }
}

struct BlockList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "What is refused now.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    private static let columns: [Column<BlockedPrefix>] = [
        Column("address") { .text($0.prefix) }, Column("until") { .time($0.until) },
        Column("reason") { .text($0.reason.isEmpty ? nil : $0.reason) }, Column("created_at") { .time($0.createdAt) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        try writer.write(try await common.withStore { try await $0.blocks() })
    }
}

struct BlockRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Serve it again.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Argument(help: ArgumentHelp("As block list shows it.", valueName: "address")) var prefix: String

    func run() async throws {
        let gone = try await common.withStore { try await $0.unblock(prefix) }
        try common.tell(gone.outcome, "address", gone.prefix, result)
    }
}
