import ArgumentParser
import MailCommand
import MailConfig
import MailMessage
import MailStore
import MailTool

struct StoreRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a store of a backup, where there is none yet.",
        discussion: """
            Clients notice by themselves: no UID and no change number is given twice. What was still on its way is held until \
            mailctl queue release. Single messages come back with mailctl restore --from.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("The state of then; without it the newest.", valueName: "time")) var at: String?
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto
    @Argument(help: ArgumentHelp("Folder of the backups.", valueName: "dir"), completion: .directory) var folder: String

    func run() async throws {
        let moment = try at.map(Value.moment)
        let server = try common.configuration().server
        let now = try common.clock()()
        do {
            _ = try BackupFolder.open(folder, at: moment)
            try Privileges.prepare(server.store, for: server)
            try Privileges.become(ownerOf: server.store)
            let backup = try BackupFolder.open(folder, at: moment)
            try restore(backup, to: server.store, now: now)
            try tell(backup.snapshot, server.store)
        } catch let error as StoreError { throw ToolError(error) }
    }

    private func restore(
        _ backup: BackupFolder.Opened, to path: String, now: EpochSeconds
    ) throws {
        var bar = MailTool.Progress(
            "parts", total: Int64(backup.snapshot.entries.count), mode: common.quiet > 0 ? .never : progress)
        defer { bar.finish() }
        try MailStore.restore(backup.snapshot, of: backup.repository, to: path, now: now) { bar.advance(by: Int64($0)) }
    }

    private func tell(_ snapshot: BackupSnapshot, _ path: String) throws {
        try common.say(
            "made a store at \(path) of \(TimeText.human(snapshot.at)): \(Value.count(snapshot.accounts, "account")), "
                + Value.count(Int(snapshot.messages), "message"), result,
            [
                ("outcome", .text("created")), ("store", .text(path)), ("at", .text(TimeText.machine(snapshot.at))),
                ("accounts", .integer(Int64(snapshot.accounts))), ("messages", .integer(snapshot.messages)),
            ])
    }
}
