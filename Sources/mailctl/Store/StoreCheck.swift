import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct StoreCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Look for damage: 0 when there is none, 1 when there is.",
        discussion: """
            Every account is read in full, with SQLite's own check. The server may run meanwhile. A repair builds the
            account's database anew from what can be read, and keeps the damaged one beside it.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @ArgumentParser.Flag(help: "Repair what is damaged.") var repair = false
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto
    @Argument(
        help: ArgumentHelp("Only these: address, login, alias or id.", valueName: "account"),
        completion: .names(.account))
    var accounts: [String] = []

    private static let columns: [Column<StoreFinding>] = [
        Column("account") { .text($0.account?.address.description) }, Column("file") { .text($0.file) },
        Column("problem") { .text($0.problem) }, Column("action") { .text($0.action) },
        Column("id", isShown: false) { .text($0.account?.id.description) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        let (count, findings) = try await common.withStore { try await check($0) }
        if !findings.isEmpty { try writer.write(findings) }
        let found = findings.isEmpty ? "no damage" : Value.count(findings.count, "finding")
        common.tellPeople("checked \(Value.count(count, "account")), \(found)")
        if !findings.isEmpty { throw ToolExit(.finding) }
    }

    private func check(_ administration: Administration) async throws -> (Int, [StoreFinding]) {
        var entries: [AccountEntry] = []
        for name in accounts { entries.append(try await administration.accountOrID(name)) }
        var findings: [StoreFinding] = []
        if accounts.isEmpty {
            findings = try await administration.checkDirectory()
            entries = try await administration.accountsWithMail()
        }
        var bar = MailTool.Progress(
            "accounts", total: Int64(entries.count), mode: common.quiet > 0 ? .never : progress)
        defer { bar.finish() }
        for entry in entries {
            findings += try await administration.check(entry, repairs: repair)
            bar.advance()
        }
        return (entries.count, findings)
    }
}
