import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "What happened to messages: who sent them, where they are, what servers said.",
        discussion: "The newest message first, each from its beginning. Known for as long as trail.keep says.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Option(help: ArgumentHelp("From this address, or @domain.", valueName: "address")) var sender: String?
    @Option(help: ArgumentHelp("To this address, or @domain.", valueName: "address")) var recipient: String?
    @Option(help: ArgumentHelp("With this field in its header.", valueName: "id")) var messageId: String?
    @Option(help: ArgumentHelp("What 250 and Received call it, or queue list.", valueName: "id")) var id: String?
    @Option(help: ArgumentHelp("From then on: a time, or a span such as 7d back.", valueName: "time")) var since:
        String?
    @Option(help: ArgumentHelp("Before then.", valueName: "time")) var until: String?
    @Option(
        help: ArgumentHelp("What this account sent or got, as it may see it.", valueName: "account"),
        completion: .names(.account)) var mineOnly: String?
    @Option(help: ArgumentHelp("The words of --mine-only.", valueName: "en|sv")) var language = "en"
    @Option(help: ArgumentHelp("At most so many messages.", valueName: "n")) var limit = 100

    static let mostMessages = 100_000

    private static let columns: [Column<TraceLine>] = [
        Column("at") { .second($0.at) }, Column("id") { .text($0.message) },
        Column("event", isShown: false) { .text($0.event.rawValue) },
        Column("queue_id", isShown: false) { .text($0.queue?.description) },
        Column("sender", isShown: false) { .text($0.sender) }, Column("recipient") { .text($0.recipient) },
        Column("what") { .text($0.words) }, Column("host", isShown: false) { .text($0.host) },
        Column("detail", isShown: false) { .text($0.detail) },
        Column("next_attempt_at", isShown: false) { .time($0.nextAttemptAt) },
        Column("message_id", isShown: false) { .text($0.messageID) },
        Column("size_bytes", isShown: false) { .number($0.size) },
    ]

    func validate() throws {
        guard (1...Self.mostMessages).contains(limit) else {
            throw ValidationError("--limit \(limit): a number between 1 and \(Self.mostMessages)")
        }
        guard NoticeLanguage(rawValue: language) != nil else {
            throw ValidationError("--language \(language): en or sv")
        }
    }

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        var filter = try filter()
        let trace = try await common.withStore { administration in
            if let mineOnly { filter.account = try await administration.account(mineOnly).id }
            return try await administration.trace(filter, in: NoticeLanguage(rawValue: language) ?? .en, limit: limit)
        }
        try writer.write(trace.lines)
        tell(trace)
    }

    private func filter() throws(ToolError) -> TrailFilter {
        let now = try common.clock()()
        var filter = TrailFilter()
        filter.sender = sender
        filter.recipient = recipient
        filter.messageID = messageId
        filter.id = id
        filter.since = try Moment.parse(since, now: now, option: "--since")
        filter.until = try Moment.parse(until, now: now, option: "--until")
        return filter
    }

    private func tell(_ trace: Trace) {
        if trace.next != nil { common.tellPeople("there are more than \(limit) messages; see --limit and --until") }
        if trace.lost > 0 { common.tellPeople("\(trace.lost) events were lost in that time: the disk did not keep up") }
    }
}
