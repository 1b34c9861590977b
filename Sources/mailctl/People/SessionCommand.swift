import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct SessionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session", abstract: "Who is logged in now; needs a running server.",
        subcommands: [SessionList.self, SessionClose.self])
}

struct SessionList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Sessions with protocol, account, client, address and since when.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "Address, login or alias; all when not given.", completion: .names(.account)) var address: String?

    private static let columns: [Column<OpenSession>] = [
        Column("account") { .text($0.address) }, Column("service") { .text($0.service) },
        Column("client") { .text($0.client) }, Column("from") { .text($0.peer) }, Column("since") { .time($0.since) },
        Column("tls") { .text($0.tls) }, Column("app_password") { .text($0.appPassword) },
        Column("id", isShown: false) { .text($0.id) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        try writer.write(
            try await common.withStore { administration in
                var entry: AccountEntry?
                if let address { entry = try await administration.account(address) }
                return try await administration.sessions(of: entry)
            })
    }
}

struct SessionClose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "End sessions; whoever may log in can come back at once.",
        discussion: "To keep somebody out: account suspend, password app revoke, feature set or block add.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("Only this one, as session list --columns id shows it.", valueName: "id")) var session:
        String?
    @ArgumentParser.Flag(help: "Everybody's.") var all = false
    @ArgumentParser.Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String?

    func validate() throws {
        guard [session != nil, all, address != nil].filter({ $0 }).count == 1 else {
            throw ValidationError("give an address, or one of --session and --all")
        }
    }

    func run() async throws {
        if all { try Confirmation.ask("end all sessions", isAnswered: yes, isAllowedToAsk: !common.noInput) }
        let count = try await common.withStore { administration in
            try await administration.endSessions(try await choice(administration))
        }
        try common.say(
            "closed \(Value.count(count, "session"))", result,
            [("outcome", .text(count > 0 ? "changed" : "unchanged")), ("sessions", .integer(Int64(count)))])
    }

    private func choice(_ administration: Administration) async throws -> SessionChoice {
        if let session { return .session(session) }
        guard let address else { return .all }
        return .account(try await administration.account(address).id)
    }
}
