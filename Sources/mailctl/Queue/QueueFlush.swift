import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct QueueFlush: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flush", abstract: "Try everything that waits now, or what goes to one domain.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Argument(help: "A domain; all when not given.") var domain: String?

    func run() async throws {
        let name = try domain.map { text throws(ToolError) in try Value.domain(text).name }
        let count = try await common.withStore { try await $0.flushQueue(to: name) }
        try common.say(
            "due now: \(Value.count(count, "recipient"))", result,
            [("outcome", .text(count > 0 ? "due" : "unchanged")), ("recipients", .integer(Int64(count)))])
    }
}
