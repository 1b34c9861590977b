import ArgumentParser
import MailAdmin
import MailCommand
import MailStore

struct ForwardSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Send an account's mail on to an address, instead of where it went before.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @ArgumentParser.Flag(name: .customLong("no-copy"), help: "Nothing stays here but junk.") var sendsAllAway = false
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"), completion: .names(.account))
    var name: String
    @Argument(help: ArgumentHelp("Here or anywhere.", valueName: "forward-address")) var target: String

    func run() async throws {
        try await EachAccount.run(common, result, [name]) { administration, entry in
            let address = try await administration.address(target)
            return try await administration.setForward(Forward(to: address, keepsCopy: !sendsAllAway), of: entry)
        }
    }
}
