import ArgumentParser
import MailCommand

struct SendingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sending", abstract: "How much accounts and trusted hosts send, and may.",
        subcommands: [
            SendingShow.self, SendingAllow.self, SendingRevoke.self, SendingLimitsCommand.self, SendingSet.self,
            SendingUnset.self,
        ])
}
