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
            Every account is read in full, and every other database, with SQLite's own check. The server may run meanwhile. A
            repair builds an account's database anew from what can be read, and keeps the damaged one beside it.
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
        var findings = RecordStream(try RecordWriter(Self.columns, output, environment: Environment.format))
        StopSignal.install()
        let count = try await common.withStore { try await check($0, &findings) }
        try findings.finish()
        let found = findings.count == 0 ? "no damage" : Value.count(findings.count, "finding")
        common.tellPeople("checked \(Value.count(count, "account")), \(found)")
        if StopSignal.isReceived { throw StopSignal.error("stopped before the end", hint: nil) }
        if findings.count > 0 { throw ToolExit(.finding) }
    }

    /// How many accounts.
    private func check(
        _ administration: Administration, _ findings: inout RecordStream<StoreFinding>
    ) async throws -> Int {
        let others = accounts.isEmpty ? MailStore.commonDatabases + MailStore.passingDatabases : []
        let entries = try await entries(administration, &findings)
        var bar = MailTool.Progress(
            "databases", total: Int64(entries.count + others.count), mode: common.quiet > 0 ? .never : progress)
        defer { bar.finish() }
        for name in others.dropFirst() where !StopSignal.isReceived {
            for finding in administration.check(database: name, repairs: repair) { try findings.add(finding) }
            bar.advance()
        }
        var count = 0
        for entry in entries where !StopSignal.isReceived {
            for finding in await administration.check(entry, repairs: repair) { try findings.add(finding) }
            bar.advance()
            count += 1
        }
        return count
    }

    /// The directory first: where it is damaged, nobody may know whose the accounts are.
    private func entries(
        _ administration: Administration, _ findings: inout RecordStream<StoreFinding>
    ) async throws -> [AccountEntry] {
        guard accounts.isEmpty else {
            var entries: [AccountEntry] = []
            for name in accounts { entries.append(try await administration.accountOrID(name)) }
            return entries
        }
        let problems = administration.check(database: "directory", repairs: repair)
        for finding in problems { try findings.add(finding) }
        do { return try await administration.accountsWithMail() } catch {
            guard !problems.isEmpty else { throw error }
            return []
        }
    }
}
