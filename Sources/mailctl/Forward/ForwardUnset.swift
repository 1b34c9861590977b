import ArgumentParser
import MailAdmin
import MailCommand

struct ForwardUnset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unset", abstract: "Let the mail of accounts stay here.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"), completion: .names(.account))
    var names: [String]

    func run() async throws {
        try await EachAccount.run(common, result, names) { try await $0.setForward(nil, of: $1) }
    }
}
