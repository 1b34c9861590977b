import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct QueueList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What waits and what is held, a line for each recipient, the oldest first.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var filter: QueueFilterOptions

    /// A table knows its widths at the end; longer ones are cut.
    static let longestTable = 100_000

    func run() async throws {
        let writer = try RecordWriter(QueueColumns.list, output, environment: Environment.format)
        let format = try output.resolved(environment: Environment.format)
        let isWhole = format == .table || format == .json || output.sort != nil
        try await common.withStore { administration in
            guard !isWhole else {
                return try writer.write(
                    try await administration.queueLines(filter.filter, limit: Self.longestTable))
            }
            try await stream(administration, writer)
        }
    }

    /// Page by page: a million messages take no more memory than some thousand.
    private func stream(_ administration: Administration, _ first: RecordWriter<QueueLine>) async throws {
        var rest = output
        rest.noHeader = true
        var writer = first
        var place = QueuePlace.start
        while true {
            let lines = try await administration.queueLines(filter.filter, after: place)
            try writer.write(lines)
            guard lines.count == Administration.queuePage, let last = lines.last else { return }
            place = last.place
            writer = try RecordWriter(QueueColumns.list, rest, environment: Environment.format)
        }
    }
}
