import ArgumentParser
import MailAdmin
import MailCommand
import MailTool

struct MessageRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Undo message withdraw: what was in mailboxes comes back.",
        discussion: "What waited in the queue does not; its senders can send it again.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Argument(help: ArgumentHelp("As message withdraw said it.", valueName: "receipt")) var receipt: String

    func run() async throws {
        let undone = try await common.withStore { try await $0.undoWithdrawal(receipt) }
        let words = "\(Value.count(undone.copies, "copy", "copies")) in \(Value.count(undone.accounts, "account"))"
        try common.say(
            "restored " + words, result,
            [
                ("outcome", .text(undone.copies > 0 ? "restored" : "unchanged")), ("receipt", .text(receipt)),
                ("copies", .integer(Int64(undone.copies))), ("accounts", .integer(Int64(undone.accounts))),
            ])
    }
}
