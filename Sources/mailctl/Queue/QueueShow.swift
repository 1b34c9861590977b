import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct QueueShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One message: every recipient with its state, reason and next attempt.",
        discussion: "What happened before: mailctl trace --id ID.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: ArgumentHelp("Number of queue list.", valueName: "id")) var entry: String

    func run() async throws {
        let writer = try RecordWriter(QueueColumns.show, output, environment: Environment.format)
        var filter = QueueFilter()
        filter.entry = try QueueChoice.entry(entry)
        let lines = try await common.withStore { [filter] administration in
            try await administration.queueLines(filter, limit: Queue.maximumRecipients)
        }
        guard let first = lines.first else {
            throw ToolError(
                .noSuchObject, "not_found", "no message \(entry) in the queue", hint: "mailctl trace --id \(entry)")
        }
        if lines.count == 1 { try writer.writeOne(first) } else { try writer.write(lines) }
    }
}
