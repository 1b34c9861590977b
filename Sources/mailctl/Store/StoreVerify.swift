import ArgumentParser
import MailCommand
import MailMessage
import MailStore
import MailTool

struct StoreVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Restore a backup into a scratch place and look at all of it: 0 when it is good.",
        discussion: "Counts and digests of every message are compared. One account at a time, so little room is needed."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Option(help: ArgumentHelp("The state of then; without it the newest.", valueName: "time")) var at: String?
    @Option(
        help: ArgumentHelp("Where to restore to; else the system's folder for it.", valueName: "dir"),
        completion: .directory) var scratch: String?
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto
    @Argument(help: ArgumentHelp("Folder of the backups.", valueName: "dir"), completion: .directory) var folder: String

    private struct Finding {
        let part: String
        let problem: String
    }

    private static let columns: [Column<Finding>] = [
        Column("part") { .text($0.part) }, Column("problem") { .text($0.problem) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        let moment = try at.map(Value.moment)
        StopSignal.install()
        do {
            let backup = try BackupFolder.open(folder, at: moment)
            let findings = try verify(backup)
            if !findings.isEmpty { try writer.write(findings) }
            let found = findings.isEmpty ? "all good" : Value.count(findings.count, "finding")
            let snapshot = backup.snapshot
            common.tellPeople(
                "\(TimeText.human(snapshot.at)): \(Value.count(snapshot.accounts, "account")), "
                    + "\(Value.count(Int(snapshot.messages), "message")), \(found)")
            if !findings.isEmpty { throw ToolExit(.finding) }
        } catch let error as StoreError { throw ToolError(error) }
    }

    private func verify(_ backup: BackupFolder.Opened) throws -> [Finding] {
        let place = try ScratchFolder(in: scratch)
        defer { place.remove() }
        var bar = MailTool.Progress(
            "parts", total: Int64(backup.snapshot.entries.count), mode: common.quiet > 0 ? .never : progress)
        defer { bar.finish() }
        var findings: [Finding] = []
        for entry in backup.snapshot.entries {
            let problems = try MailStore.verify(entry, of: backup.repository, in: place.path) { _ in
                guard !StopSignal.isReceived else { throw StoreError.stopped }
            }
            findings += problems.map { Finding(part: entry.part, problem: $0) }
            bar.advance()
        }
        return findings
    }
}
