import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring the mail of an mbox file or a Maildir into a mailbox.",
        discussion: """
            Flags come from Status and X-Status fields or from the file names, dates from the "From " lines or the files.
            Nothing in a message changes but its line ends, which become CR LF. Run again after a break, it goes on: what is
            in the mailbox byte for byte is not stored twice.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(
        help: ArgumentHelp("The mailbox; made when missing. INBOX without it.", valueName: "name"),
        completion: .names(.mailbox))
    var mailbox: String?
    @ArgumentParser.Flag(help: "A Maildir++ with all its folders, or a folder of mbox files.") var recursive = false
    @ArgumentParser.Flag(name: [.customShort("n"), .long], help: "Read and count, store nothing.") var dryRun = false
    @ArgumentParser.Flag(help: "Store also what is there already.") var duplicates = false
    @ArgumentParser.Flag(help: "Store also what is beyond the account's limit.") var noQuota = false
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String
    @Argument(
        help: ArgumentHelp("An mbox file, - for one on standard input, or a Maildir.", valueName: "source"),
        completion: .file())
    var source: String

    func validate() throws {
        if recursive, mailbox != nil { throw ValidationError("--recursive and --mailbox exclude each other") }
    }

    func run() async throws {
        let (entry, report, target) = try await common.withStore { administration in
            let entry = try await administration.account(address)
            if recursive { return (entry, try await all(administration, entry), "\(entry.address)") }
            let name = try Value.mailbox(mailbox ?? "INBOX")
            let source = try MailSource.detect(source)
            let unit = if case .maildir = source { "messages" } else { "bytes" }
            var bar = bar(unit, source.total)
            defer { bar.finish() }
            let plan = plan(source, name)
            let report = try await administration.run(plan, into: entry) { bar.advance(by: $0) }
            return (entry, report, "\(name) of \(entry.address)")
        }
        try tell(entry, report, target)
    }

    private func all(_ administration: Administration, _ entry: AccountEntry) async throws -> ImportReport {
        let entries = try MailTree(source).mapped(to: try await administration.roles(of: entry))
        var bar = bar("mailboxes", Int64(entries.count))
        defer { bar.finish() }
        var sum = ImportReport()
        for item in entries {
            common.note("\(item.mailbox)")
            sum.add(
                try await administration.run(plan(item.source, item.mailbox), into: entry) { _ in bar.advance(by: 0) })
            bar.advance()
        }
        return sum
    }

    private func plan(_ source: MailSource, _ mailbox: MailboxName) -> MailImport {
        var plan = MailImport(source: source, mailbox: mailbox)
        plan.takesDuplicates = duplicates
        plan.isDryRun = dryRun
        plan.ignoresQuota = noQuota
        return plan
    }

    private func bar(_ unit: String, _ total: Int64?) -> MailTool.Progress {
        let mode = common.quiet > 0 ? .never : progress
        guard unit == "bytes" else { return MailTool.Progress(unit, total: total, mode: mode) }
        return MailTool.Progress(unit, total: total, mode: mode, shown: { SizeText.format($0) })
    }

    private func tell(_ entry: AccountEntry, _ report: ImportReport, _ target: String) throws(ToolError) {
        let verb = dryRun ? "would import" : "imported"
        let already = report.present == 0 ? "" : "; \(report.present) were there already"
        try common.say(
            "\(verb) \(report.imported) messages (\(SizeText.format(report.bytes))) into \(target)\(already)", result,
            [
                ("account", .text("\(entry.address)")), ("dry_run", .flag(dryRun)),
                ("imported", .integer(Int64(report.imported))), ("present", .integer(Int64(report.present))),
                ("imported_bytes", .integer(report.bytes)),
            ])
    }
}
