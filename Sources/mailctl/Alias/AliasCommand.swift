import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct AliasCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alias", abstract: "Further addresses of accounts.",
        subcommands: [AliasAdd.self, AliasList.self, AliasRemove.self])
}

struct AliasAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Send an address's mail to accounts.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: "fail, skip or update.") var ifExists = IfExists.fail
    @Argument(help: ArgumentHelp("The new address.", valueName: "alias"), completion: .names(.alias)) var alias: String
    @Argument(help: ArgumentHelp("Where its mail goes.", valueName: "target"), completion: .names(.target)) var targets:
        [String]

    func run() async throws {
        let (address, outcome) = try await common.withStore { administration in
            let address = try await administration.address(alias)
            var all: [EmailAddress] = []
            for target in targets { all.append(try await administration.address(target)) }
            return (address, try await administration.addAlias(address, targets: all, ifExists: ifExists))
        }
        try common.tell(outcome, "alias", "\(address)", result)
    }
}

struct AliasList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "All aliases, or those of one account.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(
        help: ArgumentHelp("Only those that lead to this account.", valueName: "address"), completion: .names(.account))
    var account: String?

    private static let columns: [Column<AliasEntry>] = [
        Column("alias") { .text($0.address.description) }, Column("targets") { .list($0.targets.map(\.description)) },
        Column("created_at", isShown: false) { .time($0.createdAt) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        let entries = try await common.withStore { administration in
            let all = try await administration.aliases()
            guard let account else { return all }
            let address = try await administration.account(account).address
            return all.filter { $0.targets.contains(address) }
        }
        try writer.write(entries)
    }
}

struct AliasRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove an alias.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Argument(help: ArgumentHelp("The alias.", valueName: "alias"), completion: .names(.alias)) var alias: String

    func run() async throws {
        let address = try await common.withStore { administration in
            let address = try await administration.address(alias)
            try await administration.removeAlias(address)
            return address
        }
        try common.tell(.removed, "alias", "\(address)", result)
    }
}
