import ArgumentParser
import MailAdmin
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
    @Option(help: ArgumentHelp("The mailbox; made when missing.", valueName: "name")) var mailbox = "INBOX"
    @ArgumentParser.Flag(name: [.customShort("n"), .long], help: "Read and count, store nothing.") var dryRun = false
    @ArgumentParser.Flag(help: "Store also what is there already.") var duplicates = false
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto
    @Argument(help: "Address, login or alias.") var address: String
    @Argument(help: ArgumentHelp("An mbox file, - for one on standard input, or a Maildir.", valueName: "source"))
    var source: String

    func run() async throws {
        let name = try Value.mailbox(mailbox)
        let found: MailSource
        do { found = try MailSource.detect(source) } catch { throw ToolError(error) }
        var plan = MailImport(source: found, mailbox: name)
        plan.takesDuplicates = duplicates
        plan.isDryRun = dryRun
        let wanted = plan
        let unit = if case .maildir = found { "messages" } else { "bytes" }
        var bar = MailTool.Progress(unit, total: found.total, mode: common.quiet > 0 ? .never : progress)
        let (entry, report) = try await common.withStore { administration in
            let entry = try await administration.account(address)
            return (entry, try await administration.run(wanted, into: entry) { bar.advance(by: $0) })
        }
        bar.finish()
        let verb = dryRun ? "would import" : "imported"
        let already = report.present == 0 ? "" : "; \(report.present) were there already"
        try common.say(
            "\(verb) \(report.imported) messages (\(SizeText.format(report.bytes))) into \(name) of \(entry.address)\(already)"
        )
    }
}
