import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct OrgCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "org", abstract: "Organisations: departments with a contact and a quota.",
        subcommands: [OrgAdd.self, OrgShow.self, OrgList.self, OrgSet.self, OrgRemove.self])

    static let columns: [Column<OrganisationEntry>] = [
        Column("org") { .text($0.name.text) }, Column("title") { .text($0.title) },
        Column("contact") { .text($0.contact.isEmpty ? nil : $0.contact) }, QuotaColumn.of { $0.quota },
        Column("accounts") { .number(Int64($0.accounts)) },
        Column("created_at", isShown: false) { .time($0.createdAt) },
    ]
}

struct OrgOptions: ParsableArguments {
    @Option(help: "What it is called.") var title: String?
    @Option(help: "Whom its people ask.") var contact: String?
    @Option(help: ArgumentHelp("Limit of each account: 500MB, none or default.", valueName: "size")) var quota: String?
}

struct OrgAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Make an organisation.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var options: OrgOptions
    @Option(help: "fail, skip or update.") var ifExists = IfExists.fail
    @Argument(help: ArgumentHelp("Its short name.", valueName: "org"), completion: .names(.org)) var name: String

    func run() async throws {
        let name = try Value.organisation(name)
        let quota = try options.quota.map(Value.quota)
        let outcome = try await common.withStore {
            try await $0.addOrganisation(
                name, title: options.title ?? "", contact: options.contact ?? "", quota: quota, ifExists: ifExists)
        }
        try common.tell(outcome, "org", "\(name)", result)
    }
}

struct OrgList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "All organisations.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let writer = try RecordWriter(OrgCommand.columns, output, environment: Environment.format)
        try writer.write(try await common.withStore { try await $0.organisations() })
    }
}

struct OrgShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "One organisation.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: ArgumentHelp("Its short name.", valueName: "org"), completion: .names(.org)) var name: String

    func run() async throws {
        let wanted = try Value.organisation(name)
        let writer = try RecordWriter(OrgCommand.columns, output, environment: Environment.format)
        let all = try await common.withStore { try await $0.organisations() }
        guard let entry = all.first(where: { $0.name == wanted }) else {
            let near = Suggestion.nearest(to: wanted.text, in: all.map(\.name.text))
            throw ToolError(AdminError.noSuch(kind: "org", name: wanted.text, near: near))
        }
        try writer.writeOne(entry)
    }
}

struct OrgSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "set", abstract: "Change an organisation.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var options: OrgOptions
    @Argument(help: ArgumentHelp("Its short name.", valueName: "org"), completion: .names(.org)) var name: String

    func run() async throws {
        let name = try Value.organisation(name)
        let quota = try options.quota.map(Value.quota)
        guard options.title != nil || options.contact != nil || quota != nil else {
            throw ToolError.usage("nothing to set: give --title, --contact or --quota")
        }
        let outcome = try await common.withStore {
            try await $0.setOrganisation(name, title: options.title, contact: options.contact, quota: quota)
        }
        try common.tell(outcome, "org", "\(name)", result)
    }
}

struct OrgRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove an organisation without accounts.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @ArgumentParser.Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
    @Argument(help: ArgumentHelp("Its short name.", valueName: "org"), completion: .names(.org)) var name: String

    func run() async throws {
        let name = try Value.organisation(name)
        try Confirmation.ask("remove org \(name)", isAnswered: yes, isAllowedToAsk: !common.noInput)
        try await common.withStore { try await $0.removeOrganisation(name) }
        try common.tell(.removed, "org", "\(name)", result)
    }
}
