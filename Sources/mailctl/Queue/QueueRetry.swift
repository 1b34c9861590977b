import ArgumentParser
import MailAdmin
import MailCommand
import MailTool

struct QueueRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Try messages now, whatever their next attempt is.",
        discussion: "What is held stays held: queue release.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var choice: QueueChoice

    func run() async throws {
        let numbers = try choice.numbers()
        let count = try await common.withStore { administration in
            var count = 0
            for id in try await choice.ids(numbers, administration) { count += try await administration.retryQueue(id) }
            return count
        }
        try common.say(
            "due now: \(Value.count(count, "recipient"))", result,
            [("outcome", .text(count > 0 ? "due" : "unchanged")), ("recipients", .integer(Int64(count)))])
    }
}
