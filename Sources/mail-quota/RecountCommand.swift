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
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        let (count, wrong) = try await common.withStore { try await recount($0) }
        if !wrong.isEmpty { try writer.write(wrong) }
        let found = wrong.isEmpty ? "all right" : Value.count(wrong.count, "account") + (fix ? " set right" : " wrong")
        common.tellPeople("counted \(Value.count(count, "account")), \(found)")
        if !wrong.isEmpty, !fix { throw ToolExit(.finding) }
    }

    private func recount(_ administration: Administration) async throws -> (Int, [QuotaRecount]) {
        var entries: [AccountEntry] = []
        for name in names { entries.append(try await administration.account(name)) }
        if all { entries = try await administration.accountsWithMail() }
        var bar = MailTool.Progress(
            "accounts", total: Int64(entries.count), mode: common.quiet > 0 ? .never : progress)
        defer { bar.finish() }
        var wrong: [QuotaRecount] = []
        for entry in entries {
            if let finding = try await administration.recount(entry, fixes: fix) { wrong.append(finding) }
            bar.advance()
        }
        return (entries.count, wrong)
    }
}
