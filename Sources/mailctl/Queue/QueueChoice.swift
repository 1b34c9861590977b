import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

/// Which messages a command changes: by their numbers, by what they are, or all.
struct QueueChoice: ParsableArguments {
    @ArgumentParser.Flag(help: "All of them.") var all = false
    @OptionGroup var filter: QueueFilterOptions
    @Argument(help: ArgumentHelp("Numbers of queue list; - reads them from standard input.", valueName: "id"))
    var entries: [String] = []

    /// Named one by one: nobody has to ask whether they are meant.
    var isByNumber: Bool { !entries.isEmpty && entries != ["-"] }

    static func entry(_ text: String) throws(ToolError) -> QueueID {
        guard let number = Int64(text), number > 0 else {
            throw .data("\"\(text)\" is not the number of a queued message")
        }
        return QueueID(number)
    }

    /// Numbers that were given; nil when all are meant or a filter says which.
    func numbers() throws(ToolError) -> [QueueID]? {
        let ways = [all, !filter.filter.isEverything, !entries.isEmpty].filter { $0 }.count
        guard ways == 1 else { throw .usage("give numbers of queue list, or a filter, or --all") }
        guard !entries.isEmpty else { return nil }
        var ids: [QueueID] = []
        let texts = try entries == ["-"] ? Self.standardInput() : entries
        for text in texts { ids.append(try Self.entry(text)) }
        return ids
    }

    /// One a line, or the first field of each line, as `queue list --format tsv` writes them.
    private static func standardInput() throws(ToolError) -> [String] {
        let text = String(decoding: try InputFile.bytes("-"), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).compactMap { line in
            line.split(whereSeparator: \.isWhitespace).first.map(String.init)
        }
    }

    /// `numbers`: what standard input gave, which can be read once.
    func ids(_ numbers: [QueueID]?, _ administration: Administration) async throws -> [QueueID] {
        if let numbers { return numbers }
        return try await administration.queueEntries(filter.filter)
    }
}
