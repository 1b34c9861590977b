import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct AccountRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove an account: nobody can log in, mail to it is refused.",
        discussion: """
            This is severe: type the address when asked, or give it again with --confirm. Address, login and aliases are
            free at once. The mail stays in the store, and nobody who takes the address gets it; restore brings all back.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("The address, to confirm.", valueName: "address"), completion: .names(.account))
    var confirm: String?
    @ArgumentParser.Flag(help: "No error when there is no such account.") var ifExists = false
    @Argument(help: "The address.", completion: .names(.account)) var address: String

    func run() async throws {
        let (outcome, name) = try await common.withStore { administration -> (Outcome, String) in
            let entry: AccountEntry
            do { entry = try await administration.account(address) } catch AdminError.noSuch where ifExists {
                return (.unchanged, address)
            }
            try Confirmation.require(
                entry.address.description, what: "this removes the account \(entry.address)", given: confirm,
                isAllowedToAsk: !common.noInput)
            try await administration.remove(entry)
            return (.removed, entry.address.description)
        }
        try common.tell(outcome, "account", name, result)
    }
}
