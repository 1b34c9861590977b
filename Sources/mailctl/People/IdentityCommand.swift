import ArgumentParser
import MailAdmin
import MailCommand
import MailConfig
import MailMessage
import MailStore
import MailTool

struct IdentityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity", abstract: "The directory of persons: who somebody is, apart from the mail password.",
        discussion: """
            identity.program checks the password people have there, identity.active says who is still active; both are programs
            of yours, see mail.conf(5). Without identity.program the mail password is the only one there is. With identity.login
            people log in to the pages by it, or at an OpenID provider.
            """, subcommands: [IdentityTest.self, IdentityProvider.self, IdentitySync.self])
}

struct IdentityTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Exit 0 when the directory takes the password, 77 when not, 75 when it cannot say.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var source: PasswordSource
    @Argument(help: ArgumentHelp("The name as the directory of persons knows it.", valueName: "login")) var login:
        String

    func run() async throws {
        let configuration = try common.configuration()
        let identity = configuration.identity
        let given = try source.read(orAsk: .promptOnce, isAllowedToAsk: !common.noInput)
        // The program runs as the server runs it: as root it would get further, and do more, than there.
        try Privileges.become(ownerOf: configuration.server.store)
        let isLocal = identity.program.isEmpty
        let verdict =
            isLocal
            ? try await local(given)
            : PersonsProgram(identity.program, timeout: identity.programTimeout).check(
                name: login, password: given, at: try common.clock()())
        switch verdict {
        case .right:
            let place = isLocal ? " (the mail password: identity.program is not set)" : ""
            try common.say(
                "the password is right" + place, result,
                [("login", .text(login)), ("local", .flag(isLocal)), ("is_right", .flag(true))])
        case .wrong: throw ToolError(.permission, "wrong_password", "the password is wrong")
        case .unavailable(let reason):
            throw ToolError(.tryAgain, "directory_unavailable", "\(identity.program) could not say: \(reason)")
        }
    }

    private func local(_ given: [UInt8]) async throws -> PersonsProgram.Verdict {
        let credential = try await common.withStore { administration in
            try await administration.credential(of: try await administration.account(login))
        }
        return Passwords.verify(given, credential) ? .right : .wrong
    }
}

struct IdentitySync: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Ask now who is still active, and act on it; a running server does by itself.",
        discussion: "A directory that is down, too slow, or calls too many people gone at once disables nobody.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @ArgumentParser.Flag(name: [.customShort("n"), .long], help: "Say what would change, change nothing.") var dryRun =
        false
    @Option(help: ArgumentHelp("So many percent of all may be disabled at once.", valueName: "percent")) var maxDisable:
        Int?

    private typealias Row = (address: EmailAddress, state: String)
    private static let columns: [Column<Row>] = [
        Column("account") { .text($0.address.description) }, Column("person") { .text($0.state) },
    ]

    func validate() throws {
        if let maxDisable, !(0...100).contains(maxDisable) {
            throw ValidationError("--max-disable must be between 0 and 100")
        }
    }

    func run() async throws {
        let identity = try common.configuration().identity
        guard !identity.active.isEmpty else {
            throw ToolError(.configuration, "no_program", "identity.active is not set")
        }
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        let program = ActiveProgram(identity.active, timeout: identity.programTimeout)
        let report = try await common.withStore { administration in
            try await administration.syncPersons(
                guardPercent: maxDisable ?? identity.activeGuard, dryRun: dryRun, program.ask)
        }
        common.note("asked about \(report.asked) accounts, \(report.answered) answers")
        let rows = report.disabled.map { Row($0, "disabled") } + report.enabled.map { Row($0, "active") }
        if !rows.isEmpty { try writer.write(rows) }
    }
}
