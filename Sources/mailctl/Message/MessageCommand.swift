import ArgumentParser
import MailCommand

struct MessageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "message", abstract: "One message in all mailboxes.",
        subcommands: [MessageWithdraw.self, MessageRestore.self])
}
