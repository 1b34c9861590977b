import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct ForwardShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Where mail is sent on to, and what stands in the way.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(
        help: ArgumentHelp("Address, login or alias; all when not given.", valueName: "address"),
        completion: .names(.account)) var name: String?

    private static let columns: [Column<ForwardLine>] = [
        Column("account") { .text("\($0.account)") }, Column("forward") { .text("\($0.forward.address)") },
        Column("copy") { .flag($0.forward.keepsCopy) }, Column("obstacle") { .text($0.obstacle?.words) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        try writer.write(
            try await common.withStore { administration in
                guard let name else { return try await administration.forwards(of: nil) }
                return try await administration.forwards(of: try await administration.account(name))
            })
    }
}
