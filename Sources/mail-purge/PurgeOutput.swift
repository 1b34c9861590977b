import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

/// Collects what was done and says it: records, one line for people or one object for scripts, and how it ended.
final class PurgeOutput {
    private let common: CommonOptions
    private let format: OutputFormat
    private let isDryRun: Bool
    private let listsMessages: Bool
    private let accounts: RecordWriter<AccountPurge>
    private let messages: RecordWriter<(AccountPurge, PurgedMessage)>
    private let startedAt = ContinuousClock.now
    private var found: [AccountPurge] = []

    private static let accountColumns: [Column<AccountPurge>] = [
        Column("type", isShown: false) { _ in .text("account") },
        Column("account") { .text($0.address.description) }, Column("messages") { .number($0.messages) },
        Column("bytes") { .number($0.bytes, shown: SizeText.format($0.bytes)) },
        Column("oldest_at") { .time($0.oldest) },
        Column("reclaimed", isShown: false) { .number($0.reclaimed) },
        Column("reclaimed_bytes") { .number($0.reclaimedBytes, shown: SizeText.format($0.reclaimedBytes)) },
    ]
    private static let messageColumns: [Column<(AccountPurge, PurgedMessage)>] = [
        Column("type", isShown: false) { _ in .text("message") },
        Column("account") { .text($0.0.address.description) }, Column("mailbox") { .text($0.1.mailbox?.text) },
        Column("uid") { .number(Int64($0.1.message.uid.value)) },
        Column("id", isShown: false) { .text($0.1.message.id.description) },
        Column("bytes") { .number($0.1.message.size, shown: SizeText.format($0.1.message.size)) },
        Column("since") { .time($0.1.message.since) },
    ]

    init(_ common: CommonOptions, _ output: OutputOptions, isDryRun: Bool, listsMessages: Bool) throws(ToolError) {
        self.common = common
        self.isDryRun = isDryRun
        self.listsMessages = listsMessages
        let named = try output.resolved(environment: nil)
        format = output.zero ? .tsv : named  // records alone on stdout: a line for people would be one without its NUL
        // Columns are checked against what is going to be written.
        var other = output
        (other.columns, other.sort) = (nil, nil)
        accounts = try RecordWriter(Self.accountColumns, listsMessages ? other : output)
        messages = try RecordWriter(Self.messageColumns, listsMessages ? output : other)
    }

    func take(_ account: AccountPurge) {
        if !account.isEmpty { found.append(account) }
    }

    func finish(_ summary: PurgeSummary) throws {
        found.sort { $0.id < $1.id }
        for account in found {
            guard let failure = account.failure else { continue }
            StandardError.write("\(ToolMain.name): error: \(account.address): \(failure.words)\n")
        }
        if isRehearsal(summary) || format != .table || common.verbose > 0 { try writeRecords() }
        try tell(summary)
        guard let failure = summary.receiptFailure else { return try end(summary) }
        StandardError.write("\(ToolMain.name): error: the audit trail knows nothing of the end: \(failure.words)\n")
        try end(summary)
        throw ToolExit(ToolError(failure).status)
    }

    private func isRehearsal(_ summary: PurgeSummary) -> Bool { isDryRun || summary.isDryRun }

    private func writeRecords() throws(ToolError) {
        guard common.quiet == 0 else { return }
        let done = found.filter { $0.failure == nil }
        if listsMessages {
            try messages.write(done.flatMap { account in account.list.map { (account, $0) } })
        } else if format != .table || !done.isEmpty {
            try accounts.write(done)
        }
    }

    private func tell(_ summary: PurgeSummary) throws(ToolError) {
        switch format {
        case .ndjson: if common.quiet == 0 { try StandardOutput.shared.write(object(summary).compact + "\n") }
        case .table: if !isRefused(summary) { try common.say(words(summary)) }
        default: if !isRefused(summary) { common.tellPeople(words(summary)) }
        }
    }

    /// Nothing was done, and the error says why.
    private func isRefused(_ summary: PurgeSummary) -> Bool {
        switch summary.end {
        case .tooMany, .clock: !isRehearsal(summary) && summary.touched == 0
        case .done, .stopped, .outOfTime, .full: false
        }
    }

    private func words(_ summary: PurgeSummary) -> String {
        let dry = isRehearsal(summary)
        var text = dry ? "would delete " : "deleted "
        text += "\(Value.count(Int(summary.messages), "message")) (\(SizeText.format(summary.bytes)))"
        text += " in \(summary.touched) of \(Value.count(Int(summary.accounts), "account"))"
        if summary.reclaimed > 0 {
            text += dry ? "; would free " : "; freed "
            text +=
                "\(SizeText.format(summary.reclaimedBytes)) of \(summary.reclaimed) that could be restored until now"
        }
        if summary.held > 0 { text += "; \(summary.held) held" }
        if summary.imported > 0 { text += "; \(summary.imported) imported lately" }
        return dry ? text + "; nothing was changed" : text
    }

    private func object(_ summary: PurgeSummary) -> JSONValue {
        let time = startedAt.duration(to: .now).components
        return .object([
            ("v", .integer(1)), ("type", .text("summary")), ("dry_run", .flag(isRehearsal(summary))),
            ("accounts", .integer(summary.accounts)), ("accounts_touched", .integer(Int64(summary.touched))),
            ("messages", .integer(summary.messages)), ("bytes", .integer(summary.bytes)),
            ("reclaimed", .integer(summary.reclaimed)), ("reclaimed_bytes", .integer(summary.reclaimedBytes)),
            ("held", .integer(Int64(summary.held))), ("imported", .integer(Int64(summary.imported))),
            ("failed", .integer(Int64(summary.failed))), ("finished", .flag(summary.end == .done)),
            ("milliseconds", .integer(time.seconds * 1_000 + time.attoseconds / 1_000_000_000_000_000)),
        ])
    }

    private func end(_ summary: PurgeSummary) throws {
        switch summary.end {
        case .done: if summary.failed > 0 { throw ToolExit(.finding) }
        case .stopped: throw StopSignal.error("stopped with work left", hint: "run it again: it goes on")
        case .outOfTime:
            throw ToolError(
                .tryAgain, "time_limit", "the time is used up with work left",
                hint: "run it again: it goes on; --max-time gives it longer")
        case .tooMany(let part, let found, let ceiling):
            throw ToolError(
                .finding, "too_many",
                "\(found) messages would go\(Self.way(part)), and more than \(ceiling) is refused",
                hint: "look with --dry-run; if it is meant, allow it with --max-delete \(found)")
        case .full(let part, let ceiling):
            throw ToolError(
                .finding, "too_many",
                "\(ceiling) is as many as may go\(Self.way(part)) at once, and more are due",
                hint: "look with --dry-run; if it is meant, run it again, or allow more with --max-delete")
        case .clock(let clock): throw error(clock)
        }
    }

    private static func way(_ part: PurgePart) -> String { part == .reclaim ? " for good" : "" }

    private func error(_ clock: PurgeClock) -> ToolError {
        let hint = "set the clock; if it is right, repeat with --yes"
        switch clock {
        case .backwards(let since):
            return ToolError(
                .tryAgain, "clock",
                "the clock is earlier than the last run or the store's beginning, at \(TimeText.human(since)); nothing was done",
                hint: hint)
        case .jumped(let since):
            return ToolError(
                .tryAgain, "clock",
                "since the last run or the store's beginning, at \(TimeText.human(since)), the clock went on by days that nobody saw pass; "
                    + "nothing was done", hint: hint)
        case .fine: return ToolError(.internalError, "internal", "the clock is fine")
        }
    }
}
