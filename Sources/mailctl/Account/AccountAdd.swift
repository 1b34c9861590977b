import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct AccountAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Make an account.",
        discussion: "Without a password the account receives mail, and nobody can log in until one is set.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("Short name to log in with.", valueName: "id")) var login: String?
    @Option(help: "The person's name.") var name: String?
    @Option(help: "Organisation.", completion: .names(.org)) var org: String?
    @Option(name: .customLong("class"), help: "Class, such as employee or student.", completion: .names(.class))
    var accountClass: String?
    @Option(help: ArgumentHelp("Limit: 500MB, 2GiB, none or default.", valueName: "size")) var quota: String?
    @Option(name: .customLong("alias"), help: ArgumentHelp("A further address; may be repeated.", valueName: "address"))
    var aliases: [String] = []
    @Option(help: ArgumentHelp("The day nobody can log in any more.", valueName: "date")) var expires: String?
    @Option(help: ArgumentHelp("What is done on that day: suspend, remove or forward.", valueName: "action"))
    var then: String?
    @OptionGroup var password: NewPasswordOptions
    @ArgumentParser.Flag(help: "Make the account without a password: the default.") var noPassword = false
    @Option(help: "fail, skip or update.") var ifExists = IfExists.fail
    @Argument(help: "The address.") var address: String

    func run() async throws {
        let credential =
            password.isGiven ? try password.credential(common, names: [address, login].compactMap { $0 }) : nil
        let (added, outcome) = try await common.withStore { administration in
            var new = NewAccount(address: try await administration.address(address))
            new.login = try login.map(Value.login)
            new.name = name ?? ""
            new.organisation = try org.map(Value.organisation)
            new.accountClass = try accountClass.map(Value.accountClass)
            new.quota = try quota.map(Value.quota)
            for alias in aliases { new.aliases.append(try await administration.address(alias)) }
            new.expiresAt = try expires.map(Value.moment)
            new.expiresThen = try then.map(Value.expiryAction)
            new.credential = credential
            return (new.address, try await administration.add(new, ifExists: ifExists))
        }
        try common.tell(outcome, "account", "\(added)", result)
    }
}
