import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct AccountForget: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Delete a removed account with all its mail, for good.",
        discussion: """
            This is severe: type the address when asked, or give it again with --confirm. Nothing brings it back but a backup. \
            What was done with the account stays in the audit trail. A hold keeps it.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("The address, to confirm.", valueName: "address"), completion: .names(.removed))
    var confirm: String?
    @Argument(
        help: "Its former address, or its id (account list --status removed --columns id,address).",
        completion: .names(.removed))
    var address: String

    func run() async throws {
        let entry = try await common.withStore { administration in
            let entry = try await administration.removedAccount(address)
            try Confirmation.require(
                entry.address.description, what: "this deletes all mail of \(entry.address) for good", given: confirm,
                isAllowedToAsk: !common.noInput)
            try await administration.forget(entry)
            return entry
        }
        try common.tell(.removed, "account", "\(entry.address)", result)
    }
}
