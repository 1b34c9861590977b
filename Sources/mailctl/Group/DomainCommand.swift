import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct DomainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "domain", abstract: "Domains whose mail is ours.",
        subcommands: [DomainAdd.self, DomainList.self, DomainRemove.self, DomainPostmaster.self])
}

struct DomainAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Take mail for a domain.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: "fail or skip.") var ifExists = IfExists.fail
    @Argument(help: ArgumentHelp("The domain.", valueName: "domain"), completion: .names(.domain)) var name: String

    func run() async throws {
        let domain = try Value.domain(name)
        let outcome = try await common.withStore { try await $0.addDomain(domain, ifExists: ifExists) }
        try common.tell(outcome, "domain", "\(domain)", result)
    }
}

struct DomainList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "All domains.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    private static let columns: [Column<DomainEntry>] = [
        Column("domain") { .text($0.name.name) }, Column("addresses") { .number(Int64($0.addresses)) },
        Column("created_at", isShown: false) { .time($0.createdAt) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        try writer.write(try await common.withStore { try await $0.domains() })
    }
}

struct DomainRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "No longer take mail for a domain without addresses.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @ArgumentParser.Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
    @Argument(help: ArgumentHelp("The domain.", valueName: "domain"), completion: .names(.domain)) var name: String

    func run() async throws {
        let domain = try Value.domain(name)
        try Confirmation.ask("remove domain \(domain)", isAnswered: yes, isAllowedToAsk: !common.noInput)
        try await common.withStore { try await $0.removeDomain(domain) }
        try common.tell(.removed, "domain", "\(domain)", result)
    }
}

struct DomainPostmaster: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postmaster", abstract: "Who reads postmaster@DOMAIN.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Argument(help: ArgumentHelp("The domain.", valueName: "domain"), completion: .names(.domain)) var name: String
    @Argument(help: ArgumentHelp("The account.", valueName: "address"), completion: .names(.account)) var account:
        String

    func run() async throws {
        let domain = try Value.domain(name)
        let entry = try await common.withStore { administration in
            let entry = try await administration.account(account)
            try await administration.setPostmaster(entry, of: domain)
            return entry
        }
        try common.say(
            "postmaster@\(domain) goes to \(entry.address)", result,
            [("outcome", .text("changed")), ("domain", .text("\(domain)")), ("postmaster", .text("\(entry.address)"))])
    }
}
