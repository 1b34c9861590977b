import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct ExportCommand: AsyncParsableCommand {
    enum Kind: String, CaseIterable, ExpressibleByArgument { case mbox, maildir }
    enum LineEnd: String, CaseIterable, ExpressibleByArgument { case lf, crlf }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a mailbox, or all of an account, as mbox or Maildir.",
        discussion: """
            An mbox is written with "mboxrd" quoting and Status fields where the flags ask for them. Lines end with LF;
            with --line-ends crlf every byte is as the store has it.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("The mailbox; INBOX without it.", valueName: "name"), completion: .names(.mailbox))
    var mailbox: String?
    @ArgumentParser.Flag(help: "Every mailbox: a Maildir++, or an mbox file for each, in a new folder.") var all = false
    @Option(help: "mbox or maildir.") var to = Kind.mbox
    @Option(help: "lf or crlf.") var lineEnds = LineEnd.lf
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String
    @Argument(
        help: ArgumentHelp("The folder to write; - or nothing for an mbox on standard output.", valueName: "target"))
    var target = "-"

    func validate() throws {
        if all, mailbox != nil { throw ValidationError("--all and --mailbox exclude each other") }
        if all || to == .maildir, target == "-" {
            throw ValidationError("\(all ? "--all" : "--to maildir") needs the folder to write")
        }
        if to == .mbox, !all, target != "-" {
            throw ValidationError("an mbox goes to standard output: use > \(target)")
        }
    }

    func run() async throws {
        let count = try await common.withStore { administration in
            let entry = try await administration.account(address)
            return all ? try await exportAll(administration, entry) : try await exportOne(administration, entry)
        }
        guard all || to == .maildir else { return }
        let fields: [(String, JSONValue)] = [("exported", .integer(Int64(count))), ("target", .text(target))]
        try common.say("exported \(count) messages", result, fields)
    }

    private func exportOne(_ administration: Administration, _ entry: AccountEntry) async throws -> Int {
        let name = try Value.mailbox(mailbox ?? "INBOX")
        var bar = bar(try await administration.messageCount(of: name, in: entry))
        defer { bar.finish() }
        return try await administration.export(
            name, of: entry, to: to == .mbox ? .mbox : .maildir(target), keepsLineEnds: lineEnds == .crlf,
            write: { try StandardOutput.shared.write($0) }, progress: { bar.advance() })
    }

    private func exportAll(_ administration: Administration, _ entry: AccountEntry) async throws -> Int {
        let mailboxes = try await administration.mailboxes(of: entry)
        let tree = try MailTreeTarget(target, to == .mbox ? .mbox : .maildir)
        var bar = bar(mailboxes.reduce(0) { $0 + $1.messages })
        defer { bar.finish() }
        var count = 0
        for (name, _) in mailboxes {
            let file = to == .mbox ? try OutputFile(tree.mbox(name)) : nil
            count += try await administration.export(
                name, of: entry, to: try file == nil ? tree.maildir(name) : .mbox, keepsLineEnds: lineEnds == .crlf,
                write: { try file?.write($0) }, progress: { bar.advance() })
            try file?.finish()
        }
        return count
    }

    private func bar(_ total: Int) -> MailTool.Progress {
        MailTool.Progress("messages", total: Int64(total), mode: common.quiet > 0 ? .never : progress)
    }
}
