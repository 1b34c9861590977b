import ArgumentParser
import Glibc
import MailAdmin
import MailCommand
import MailConfig
import MailMessage
import MailStore
import MailTool

struct StoreSnapshot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot", abstract: "Keep the present state for a rollback; the server may run.",
        discussion: """
            A copy of the whole store in STORE/snapshots, or with --to elsewhere: for an upgrade that changes the databases. The \
            next one of the same version adds what has changed. Backups are made with store backup, onto another disk.
            """)

    enum IfMissing: String, ExpressibleByArgument, CaseIterable { case fail, skip }

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("Another folder than STORE/snapshots.", valueName: "dir"), completion: .directory)
    var to: String?
    @Option(help: ArgumentHelp("Not when the databases are of just these versions.", valueName: "schemas"))
    var unlessSchemas: String?
    @ArgumentParser.Flag(help: "Only print the versions of the databases that this program makes.")
    var printSchemas = false
    @Option(help: "Without a store: fail or skip.") var ifMissing = IfMissing.fail
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto

    func run() async throws {
        if printSchemas { return try StandardOutput.shared.write(StoreSchemas.current + "\n") }
        let path = try common.configuration().server.store
        if unlessSchemas == StoreSchemas.current {
            return common.note("the databases are of these versions already: no snapshot is needed")
        }
        if ifMissing == .skip, !MailStore.exists(at: path) { return common.note("there is no store at \(path)") }
        let folder = to ?? StoreSchemas.snapshots(of: path)
        let report = try await common.withStore { administration in
            let total = Int64(administration.store.backupParts().count)
            let bar = SharedProgress(
                MailTool.Progress("parts", total: total, mode: common.quiet > 0 ? .never : progress))
            defer { bar.finish() }
            try await refuseFullDisk(administration, folder)
            return try await administration.backUp(to: folder, keepingSince: nil) { bar.advance(by: Int64($0)) }
        }
        for failure in report.failures { StandardError.write("mailctl: \(failure.part): \(failure.error.words)\n") }
        guard report.failures.isEmpty else { throw ToolExit(.finding) }
        try tell(report, folder)
    }

    /// The first one is a whole copy: better none at all than a disk that is full.
    private func refuseFullDisk(_ administration: Administration, _ folder: String) async throws {
        guard access(folder, F_OK) != 0, let free = MailStore.freeBytes(for: folder) else { return }
        let needed = try await administration.statistics().bytes
        guard free < needed else { return }
        throw ToolError(
            .inputOutput, "no_room",
            "the first snapshot takes about \(SizeText.format(needed)), and \(SizeText.format(free)) are free",
            hint: "name a folder on another disk with --to, or make room")
    }

    private func tell(_ report: BackupReport, _ folder: String) throws {
        let snapshot = report.snapshot
        try common.say(
            "kept \(Value.count(snapshot.accounts, "account")) with \(Value.count(Int(snapshot.messages), "message")) "
                + "in \(folder), \(SizeText.format(report.added)) added", result,
            [
                ("outcome", .text("created")), ("snapshot_at", .text(TimeText.machine(snapshot.at))),
                ("folder", .text(folder)), ("accounts", .integer(Int64(snapshot.accounts))),
                ("messages", .integer(snapshot.messages)), ("added_bytes", .integer(report.added)),
            ])
    }
}
