import ArgumentParser
import MailAdmin
import MailCommand

struct QueueHold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "hold", abstract: "Try them no more until released.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var choice: QueueChoice

    func run() async throws {
        try await QueueChange.run(common, result, choice, "held", all: { try await $0.holdQueue(nil) }) {
            try await $0.holdQueue($1)
        }
    }
}
