import ArgumentParser
import MailAdmin
import MailCommand

struct VacationUnset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unset", abstract: "Answer no more; the text stays for the next time.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"), completion: .names(.account))
    var names: [String]

    func run() async throws {
        try await EachAccount.run(common, result, names) { try await $0.endVacation(of: $1) }
    }
}
