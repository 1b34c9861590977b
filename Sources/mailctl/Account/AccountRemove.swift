import ArgumentParser
import MailAdmin
import MailMessage
import MailStore
import MailTool

struct AccountRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove an account; its addresses are free at once.",
        discussion: "This is severe: type the address when asked, or give it again with --confirm.")

    @OptionGroup var common: CommonOptions
    @Option(help: ArgumentHelp("The address, to confirm.", valueName: "address")) var confirm: String?
    @ArgumentParser.Flag(help: "No error when there is no such account.") var ifExists = false
    @Argument(help: "The address.") var address: String

    func run() async throws {
        let text = try await common.withStore { administration -> String in
            let entry: AccountEntry
            do { entry = try await administration.account(address) } catch AdminError.noSuch where ifExists {
                return "unchanged \(address)"
            }
            try Confirmation.require(
                entry.address.description, what: "this removes the account \(entry.address) and its mail",
                given: confirm,
                isAllowedToAsk: !common.noInput)
            try await administration.remove(entry)
            return "removed \(entry.address)"
        }
        try common.say(text)
    }
}
