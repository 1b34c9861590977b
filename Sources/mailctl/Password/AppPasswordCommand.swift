import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct AppPasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "app", abstract: "Passwords for single programs, beside the mail password.",
        discussion: """
            Each is made by the server, shown once, and can be taken back by itself. For a program that logs in with
            SCRAM it has to be typed exactly as it is shown.
            """, subcommands: [AppPasswordAdd.self, AppPasswordList.self, AppPasswordRevoke.self])
}

struct AppPasswordAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Make one, and show it this once.",
        discussion: "The password stands alone on standard output.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(name: .customLong("for"), help: ArgumentHelp("imap, pop3, smtp; all when not given.", valueName: "list"))
    var services: String?
    @Option(help: ArgumentHelp("The day it stops working.", valueName: "date")) var expires: String?
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String
    @Argument(help: "What it is for, such as \"phone\".") var name: String

    func run() async throws {
        let services = try services.map(Self.services) ?? .all
        let expiresAt = try expires.map(Value.moment)
        let (entry, made) = try await common.withStore { administration in
            let entry = try await administration.account(address)
            return (
                entry,
                try await administration.addAppPassword(
                    to: entry, name: name, services: services, expiresAt: expiresAt)
            )
        }
        if !result.json { common.tellPeople("app password \"\(name)\" for \(entry.address), shown only now") }
        try StandardOutput.shared.write(
            result.json
                ? JSONValue.object([
                    ("v", .integer(1)), ("outcome", .text(Outcome.created.rawValue)),
                    ("account", .text("\(entry.address)")), ("handle", .text(made.handle.text)), ("name", .text(name)),
                    ("services", .list(services.names.map { .text($0) })), ("password", .text(made.password)),
                ]).compact + "\n" : made.password + "\n")
    }

    private static func services(_ text: String) throws(ToolError) -> AppPasswordServices {
        var all: AppPasswordServices = []
        for word in text.split(separator: ",").map(String.init) {
            guard let service = AppPasswordServices(name: word) else {
                throw .usage("--for \(text): of \(AppPasswordServices.everyName.joined(separator: ", "))")
            }
            all.insert(service)
        }
        guard !all.isEmpty else { throw .usage("--for names no protocol") }
        return all
    }
}

struct AppPasswordList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "An account's app passwords, with when each was last used, and from where.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String

    private static let columns: [Column<AppPasswordEntry>] = [
        Column("handle") { .text($0.handle.text) }, Column("name") { .text($0.name) },
        Column("services") { .list($0.services.names) }, Column("created_at", isShown: false) { .time($0.createdAt) },
        Column("expires_at") { .time($0.expiresAt) }, Column("last_used_at") { .time($0.lastUse?.at) },
        Column("last_used_by") { .text($0.lastUse?.service) }, Column("last_used_from") { .text($0.lastUse?.from) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        try writer.write(
            try await common.withStore { administration in
                try await administration.appPasswords(of: try await administration.account(address))
            })
    }
}

struct AppPasswordRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Take app passwords back; what they have open ends within two seconds.",
        discussion: "When one of several is not there, none is taken back.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @ArgumentParser.Flag(help: "All that the account has.") var all = false
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String
    @Argument(help: ArgumentHelp("Its handle or its name.", valueName: "handle|name")) var which: [String] = []

    func validate() throws {
        if all != which.isEmpty { throw ValidationError("give the handle or the name of what to revoke, or --all") }
    }

    func run() async throws {
        let (outcome, entry) = try await common.withStore { administration -> (Outcome, AccountEntry) in
            let entry = try await administration.account(address)
            if all { return (try await administration.revokeAllAppPasswords(of: entry), entry) }
            try await administration.revokeAppPasswords(which, of: entry)
            return (.changed, entry)
        }
        try common.tell(outcome, "account", "\(entry.address)", result)
    }
}
