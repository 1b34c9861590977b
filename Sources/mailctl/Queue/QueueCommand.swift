import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct QueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "Mail that is still on its way.",
        subcommands: [QueueList.self, QueueHold.self, QueueRelease.self, QueueRemove.self])

    static func entry(_ text: String) throws(ToolError) -> QueueID {
        guard let number = Int64(text), number > 0 else {
            throw .data("\"\(text)\" is not the number of a queued message")
        }
        return QueueID(number)
    }
}

struct QueueList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What waits and what is held, the oldest first.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    private static let columns: [Column<QueueLine>] = [
        Column("queue_id") { .text($0.entry.description) }, Column("state") { .text($0.isHeld ? "held" : "waiting") },
        Column("sender") { .text($0.sender) }, Column("recipient") { .text($0.recipient) },
        Column("size_bytes") { .number($0.size, shown: SizeText.format($0.size)) },
        Column("received_at") { .time($0.receivedAt) },
        Column("next_attempt_at") { .time($0.isHeld ? nil : $0.nextAttemptAt) },
        Column("attempts") { .number(Int64($0.attempts)) }, Column("last_error") { .text($0.lastError) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        try writer.write(try await common.withStore { try await $0.queueLines() })
    }
}

/// Which messages, by the numbers of `queue list`, or all.
struct QueueChoice: ParsableArguments {
    @ArgumentParser.Flag(help: "All of them.") var all = false
    @Argument(help: ArgumentHelp("Numbers of queue list.", valueName: "id")) var entries: [String] = []

    /// Nil stands for all.
    func ids() throws(ToolError) -> [QueueID?] {
        guard all != !entries.isEmpty else { throw .usage("give numbers of queue list, or --all") }
        if all { return [nil] }
        var ids: [QueueID?] = []
        for text in entries { ids.append(try QueueCommand.entry(text)) }
        return ids
    }
}

struct QueueHold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "hold", abstract: "Try them no more until released.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var choice: QueueChoice

    func run() async throws {
        try await QueueChange.run(self.common, result, try choice.ids(), "held") { try await $0.holdQueue($1) }
    }
}

struct QueueRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "release", abstract: "Undo hold: they are tried now.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var choice: QueueChoice

    func run() async throws {
        try await QueueChange.run(common, result, try choice.ids(), "released") { try await $0.releaseQueue($1) }
    }
}

struct QueueRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take messages out for good; nobody is told.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @ArgumentParser.Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
    @Argument(help: ArgumentHelp("Numbers of queue list.", valueName: "id")) var entries: [String]

    func run() async throws {
        var ids: [QueueID?] = []
        for text in entries { ids.append(try QueueCommand.entry(text)) }
        try Confirmation.ask(
            "remove \(Value.count(ids.count, "message")) for good", isAnswered: yes, isAllowedToAsk: !common.noInput)
        try await QueueChange.run(common, result, ids, "removed") { administration, id in
            guard let id else { return 0 }
            return try await administration.removeFromQueue(id)
        }
    }
}

enum QueueChange {
    static func run(
        _ common: CommonOptions, _ result: ResultOptions, _ ids: [QueueID?], _ word: String,
        _ change: (Administration, QueueID?) async throws -> Int
    ) async throws {
        var missing: [QueueID] = []
        let count = try await common.withStore { administration in
            var count = 0
            for id in ids {
                let changed = try await change(administration, id)
                if changed == 0, let id { missing.append(id) }
                count += changed
            }
            return count
        }
        try common.say(
            "\(word) \(Value.count(count, "recipient"))", result,
            [("outcome", .text(word)), ("recipients", .integer(Int64(count)))])
        guard let first = missing.first else { return }
        let words = "nothing of message \(first) could be \(word)"
        throw ToolError(ids.count == 1 ? .noSuchObject : .finding, "not_found", words, hint: "mailctl queue list")
    }
}
