import ArgumentParser
import MailAdmin
import MailCommand

struct QueueRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take messages out for good; nobody is told.",
        discussion: "It asks first unless the messages are named by their numbers.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @ArgumentParser.Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
    @OptionGroup var choice: QueueChoice

    func run() async throws {
        try await QueueChange.run(common, result, choice, "removed", asks: !choice.isByNumber, isAnswered: yes) {
            try await $0.removeFromQueue($1)
        }
    }
}
