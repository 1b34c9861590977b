import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct RoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role",
        abstract: "Who may help others in the web pages: operators, and an organisation's helpdesk.",
        subcommands: [RoleGrantCommand.self, RoleRevoke.self, RoleList.self])
}

/// As they are called on the command line.
enum RoleWord: String, CaseIterable, ExpressibleByArgument { case `operator`, helpdesk }

struct RoleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The organisation whose people a helpdesk helps.", valueName: "org"),
        completion: .names(.org))
    var org: String?

    func role(_ word: RoleWord) throws(ToolError) -> Role {
        switch (word, org) {
        case (.operator, nil): return .operator
        case (.helpdesk, let org?): return .helpdesk(try Value.organisation(org))
        case (.operator, _?): throw .usage("an operator is one of all organisations: leave --org out")
        case (.helpdesk, nil): throw .usage("helpdesk of which organisation? give --org")
        }
    }
}

struct RoleGrantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Let an account's owner help others.",
        discussion: "Nobody reads mail by it. It counts at once, and not while the account is suspended.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var options: RoleOptions
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String
    @Argument(help: "operator or helpdesk.") var role: RoleWord

    func run() async throws {
        let role = try options.role(role)
        let (outcome, name) = try await common.withStore { administration in
            let entry = try await administration.account(address)
            return (try await administration.grant(role, to: entry), entry.address)
        }
        try common.tell(outcome, "account", "\(name)", result)
    }
}

struct RoleRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Take a role away, or all of them; it counts at once.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var options: RoleOptions
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String
    @Argument(help: "operator or helpdesk; all when not given.") var role: RoleWord?

    func run() async throws {
        if role == nil, options.org != nil { throw ToolError.usage("--org goes with a role") }
        let role = try role.map { try options.role($0) }
        let (outcome, name) = try await common.withStore { administration in
            let entry = try await administration.account(address)
            let outcome =
                if let role { try await administration.revoke(role, from: entry) } else {
                    try await administration.revokeRoles(from: entry)
                }
            return (outcome, entry.address)
        }
        try common.tell(outcome, "account", "\(name)", result)
    }
}

struct RoleList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Who has which role, and from whom.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    private static let columns: [Column<RoleGrant>] = [
        Column("account") { .text($0.address.description) }, Column("role") { .text($0.role.word) },
        Column("org") { .text($0.role.organisation?.text) }, Column("in_force") { .flag($0.isInForce) },
        Column("granted_by") { .text($0.grantedBy) }, Column("granted_at") { .time($0.grantedAt) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        try writer.write(try await common.withStore { try await $0.roles() })
    }
}
