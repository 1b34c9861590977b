import ArgumentParser
import MailAdmin
import MailCommand
import MailTool

struct SendingRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End an allowance: the limits of everybody hold again.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Argument(
        help: ArgumentHelp("An account, or the address of a host.", valueName: "account"),
        completion: .names(.account)) var name: String

    func run() async throws {
        let isChanged = try await common.withStore { administration in
            try await administration.revokeSending(try await administration.sendingParty(name))
        }
        try common.say(
            isChanged ? "revoked the allowance of \(name)" : "\(name) has no allowance", result,
            [("outcome", .text(isChanged ? "changed" : "unchanged")), ("sender", .text(name))])
    }
}
