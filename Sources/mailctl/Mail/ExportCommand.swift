import ArgumentParser
import MailAdmin
import MailMessage
import MailTool

struct ExportCommand: AsyncParsableCommand {
    enum Kind: String, CaseIterable, ExpressibleByArgument { case mbox, maildir }
    enum LineEnd: String, CaseIterable, ExpressibleByArgument { case lf, crlf }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a mailbox as mbox to standard output, or as a Maildir.",
        discussion: """
            An mbox is written with "mboxrd" quoting and Status fields where the flags ask for them. Lines end with LF;
            with --line-ends crlf every byte is as the store has it.
            """)

    @OptionGroup var common: CommonOptions
    @Option(help: ArgumentHelp("The mailbox.", valueName: "name")) var mailbox = "INBOX"
    @Option(help: "mbox or maildir.") var to = Kind.mbox
    @Option(help: "lf or crlf.") var lineEnds = LineEnd.lf
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto
    @Argument(help: "Address, login or alias.") var address: String
    @Argument(
        help: ArgumentHelp("The Maildir to write; - or nothing for an mbox on standard output.", valueName: "target"))
    var target = "-"

    func validate() throws {
        if to == .maildir, target == "-" { throw ValidationError("--to maildir needs the folder to write") }
        if to == .mbox, target != "-" { throw ValidationError("an mbox goes to standard output: use > \(target)") }
    }

    func run() async throws {
        let name = try Value.mailbox(mailbox)
        let target: MailTarget = to == .mbox ? .mbox : .maildir(target)
        let count = try await common.withStore { administration in
            let entry = try await administration.account(address)
            let total = try await administration.messageCount(of: name, in: entry)
            var bar = MailTool.Progress("messages", total: Int64(total), mode: common.quiet > 0 ? .never : progress)
            defer { bar.finish() }
            return try await administration.export(
                name, of: entry, to: target, keepsLineEnds: lineEnds == .crlf,
                write: { try StandardOutput.shared.write($0) }, progress: { bar.advance() })
        }
        if to == .maildir { try common.say("exported \(count) messages") }
    }
}
