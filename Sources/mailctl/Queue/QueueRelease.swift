import ArgumentParser
import MailAdmin
import MailCommand

struct QueueRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Undo hold: they are tried now, and have a whole lifetime before them.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var choice: QueueChoice

    func run() async throws {
        try await QueueChange.run(common, result, choice, "released", all: { try await $0.releaseQueue(nil) }) {
            try await $0.releaseQueue($1)
        }
    }
}
