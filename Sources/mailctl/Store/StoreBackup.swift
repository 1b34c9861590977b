import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct StoreBackup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Add the present state to a folder of backups; the server may run.",
        discussion:
            "Only what has changed is read and added. Each account is consistent in itself. See also store verify.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("Older snapshots go, such as 30d; the newest stays.", valueName: "span")) var keep:
        String?
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto
    @Argument(
        help: ArgumentHelp("Folder of the backups; made when there is none.", valueName: "dir"), completion: .directory)
    var folder: String

    func run() async throws {
        let span = try keep.map(Value.span)
        let since = try span.map { try common.clock()() - $0 }
        let report = try await common.withStore { administration in
            let bar = SharedProgress(
                MailTool.Progress(
                    "parts", total: Int64(administration.store.backupParts().count),
                    mode: common.quiet > 0 ? .never : progress))
            defer { bar.finish() }
            return try await administration.backUp(to: folder, keepingSince: since) { bar.advance(by: Int64($0)) }
        }
        try tell(report)
    }

    private func tell(_ report: BackupReport) throws {
        let snapshot = report.snapshot
        try common.say(
            "saved \(Value.count(snapshot.accounts, "account")) with \(Value.count(Int(snapshot.messages), "message")), "
                + "\(SizeText.format(report.added)) added", result,
            [
                ("outcome", .text("created")), ("snapshot_at", .text(TimeText.machine(snapshot.at))),
                ("accounts", .integer(Int64(snapshot.accounts))), ("messages", .integer(snapshot.messages)),
                ("added_bytes", .integer(report.added)), ("changed", .integer(Int64(report.changed))),
                ("removed_snapshots", .integer(Int64(report.removedSnapshots))),
                ("failed", .integer(Int64(report.failures.count))),
            ])
        for failure in report.failures { StandardError.write("mailctl: \(failure.part): \(failure.error.words)\n") }
        if !report.failures.isEmpty { throw ToolExit(.finding) }
    }
}

struct StoreBackups: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backups", abstract: "The snapshots of a folder of backups.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: ArgumentHelp("Folder of the backups.", valueName: "dir"), completion: .directory) var folder: String

    private static let columns: [Column<BackupSnapshot>] = [
        Column("at") { .time($0.at) }, Column("accounts") { .number(Int64($0.accounts)) },
        Column("messages") { .number($0.messages) },
        Column("bytes") { .number($0.bytes, shown: SizeText.format($0.bytes)) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        do { try writer.write(try Backups.list(at: folder)) } catch let error as AdminError { throw ToolError(error) }
    }
}
