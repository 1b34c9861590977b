import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct RecountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recount", abstract: "Compare the counters with the messages: 0 when they are right, 1 when not.",
        discussion: "The server may run meanwhile. With --fix the counters are set to what is there.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @ArgumentParser.Flag(help: "Everybody.") var all = false
    @ArgumentParser.Flag(help: "Set wrong counters right.") var fix = false
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"), completion: .names(.account))
    var names: [String] = []

    private static let columns: [Column<QuotaRecount>] = [
        Column("address") { .text($0.entry.address.description) },
        Column("counter_bytes") { QuotaColumns.size($0.recount.known.bytes) },
        Column("counted_bytes") { QuotaColumns.size($0.recount.counted.bytes) },
        Column("counter_messages") { .number($0.recount.known.messages) },
        Column("counted_messages") { .number($0.recount.counted.messages) },
        Column("mailboxes") { .list($0.recount.mailboxes.map(\.description)) },
        Column("hint_bytes") { QuotaColumns.size($0.hint) }, Column("fixed") { .flag($0.isFixed) },
    ]

    func run() async throws {
        guard all != !names.isEmpty else { throw ToolError.usage("give addresses, or --all") }
        let findings = Findings(writer: try RecordWriter(Self.columns, output, environment: Environment.format))
        let count = try await common.withStore { try await recount($0, findings) }
        try findings.finish()
        let wrong = findings.count
        let found = wrong == 0 ? "all right" : Value.count(wrong, "account") + (fix ? " set right" : " wrong")
        common.tellPeople("counted \(Value.count(count, "account")), \(found)")
        try findings.failures.finish()
        if wrong > 0, !fix { throw ToolExit(.finding) }
    }

    /// How many could be counted.
    private func recount(_ administration: Administration, _ findings: Findings) async throws -> Int {
        var entries: [AccountEntry] = []
        for name in names { entries.append(try await administration.account(name)) }
        if all { entries = try await administration.accountsWithMail() }
        var bar = MailTool.Progress(
            "accounts", total: Int64(entries.count), mode: common.quiet > 0 ? .never : progress)
        defer { bar.finish() }
        var counted = 0
        try await administration.recount(entries, fixes: fix) { entry, outcome in
            switch outcome {
            case .right: counted += 1
            case .wrong(let finding):
                counted += 1
                try findings.take(finding)
            case .failed(let error): findings.failures.tell(error, of: entry.address)
            }
            bar.advance()
        }
        return counted
    }
}

/// Findings are written as they come where the format lets them: what is known stays known, however the rest ends.
private final class Findings {
    private let writer: RecordWriter<QuotaRecount>
    private var waiting: [QuotaRecount] = []
    private(set) var count = 0
    var failures = AccountFailures()

    init(writer: RecordWriter<QuotaRecount>) { self.writer = writer }

    func take(_ finding: QuotaRecount) throws(ToolError) {
        count += 1
        if writer.isStream { return try writer.write([finding]) }
        waiting.append(finding)
    }

    func finish() throws(ToolError) {
        if !waiting.isEmpty { try writer.write(waiting) }
    }
}
