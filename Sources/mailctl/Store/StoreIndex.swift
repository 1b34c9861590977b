import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct StoreIndex: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Bring the search index of accounts up to date now.",
        discussion: """
            With search.index mail-serve does this by itself, in the background, for accounts that are searched. The server \
            may run meanwhile. What is interrupted goes on where it was.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @ArgumentParser.Flag(help: "Every account that has mail.") var all = false
    @ArgumentParser.Flag(help: "Make it anew from nothing.") var rebuild = false
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto
    @Argument(help: ArgumentHelp("Address, login, alias or id.", valueName: "account"), completion: .names(.account))
    var accounts: [String] = []

    struct Line { let entry: AccountEntry, report: IndexReport }

    private static let columns: [Column<Line>] = [
        Column("account") { .text($0.entry.address.description) },
        Column("added") { .number(Int64($0.report.added)) }, Column("messages") { .number(Int64($0.report.known)) },
        Column("mail_bytes") { .number($0.report.mailBytes, shown: SizeText.format($0.report.mailBytes)) },
        Column("index_bytes") { .number($0.report.indexBytes, shown: SizeText.format($0.report.indexBytes)) },
    ]

    func validate() throws {
        guard all == accounts.isEmpty else { throw ValidationError("name accounts, or --all") }
    }

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        let lines = try await common.withStore { try await fill($0) }
        if !lines.isEmpty { try writer.write(lines) }
    }

    private func fill(_ administration: Administration) async throws -> [Line] {
        var entries: [AccountEntry] = all ? try await administration.accountsWithMail() : []
        for name in accounts { entries.append(try await administration.accountOrID(name)) }
        var total = 0
        for entry in entries { total += try await administration.missingInIndex(entry, rebuilding: rebuild) }
        var bar = MailTool.Progress("messages", total: Int64(total), mode: common.quiet > 0 ? .never : progress)
        defer { bar.finish() }
        var lines: [Line] = []
        for entry in entries {
            let report = try await administration.fillIndex(entry, rebuilding: rebuild) { bar.advance(by: Int64($0)) }
            if let report { lines.append(Line(entry: entry, report: report)) }
        }
        return lines
    }
}
