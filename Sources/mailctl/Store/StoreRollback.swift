import ArgumentParser
import MailCommand
import MailConfig
import MailMessage
import MailStore
import MailTool

struct StoreRollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Go back to a snapshot, after an upgrade that went wrong.",
        discussion: """
            With the server stopped and the version installed that made the snapshot. What came in or changed since is not in \
            the store any more; the store that was stays in STORE/rolled-back-TIME, for the version that wrote it.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("The state of then; without it the newest.", valueName: "time")) var at: String?
    @Option(help: ArgumentHelp("Another folder than STORE/snapshots.", valueName: "dir"), completion: .directory)
    var from: String?
    @Option(help: ArgumentHelp("The time of the snapshot, to confirm.", valueName: "time")) var confirm: String?
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto

    func run() async throws {
        let moment = try at.map(Value.moment)
        let path = try common.configuration().server.store
        let now = try common.clock()()
        try Privileges.become(ownerOf: path)
        do {
            let rollback = StoreRollback(of: path)
            let backup = try BackupFolder.open(
                from ?? StoreSchemas.snapshots(of: path), at: rollback.unfinished ?? moment)
            try refuseAnother(than: backup.snapshot, rollback, moment)
            try Confirmation.require(
                TimeText.machine(backup.snapshot.at), what: loss(backup.snapshot, rollback.messages), given: confirm,
                isAllowedToAsk: !common.noInput)
            let mode = common.quiet > 0 ? .never : progress
            var bar = MailTool.Progress("parts", total: Int64(backup.snapshot.entries.count), mode: mode)
            defer { bar.finish() }
            let aside = try rollback.run(backup.snapshot, of: backup.repository, now: now) {
                bar.advance(by: Int64($0))
            }
            bar.finish()
            try tell(backup.snapshot, path, aside)
        } catch StoreError.busy {
            throw ToolError(
                .tryAgain, "busy", "the store is in use; nothing was changed",
                hint: "stop the server first: systemctl stop posthus.socket posthus.service")
        } catch let error as StoreError { throw ToolError(error) }
    }

    /// A run that was killed is finished as it was begun: half of one state and half of another would be no store.
    private func refuseAnother(
        than snapshot: BackupSnapshot, _ rollback: StoreRollback, _ moment: EpochSeconds?
    ) throws(ToolError) {
        guard let begun = rollback.unfinished else { return }
        let words = "a rollback to \(TimeText.machine(begun)) was interrupted and has to come to its end first"
        guard snapshot.at == begun else {
            throw ToolError(
                .tryAgain, "interrupted_rollback", words, hint: "name the folder of its snapshot with --from")
        }
        guard moment.map({ $0 >= begun }) ?? true else {
            throw ToolError(.tryAgain, "interrupted_rollback", words, hint: "repeat without --at")
        }
        common.tellPeople(words)
    }

    private func loss(_ snapshot: BackupSnapshot, _ messages: Int64?) -> String {
        let now = messages.map { ", \(Value.count(Int($0), "message")) now" } ?? ""
        return
            "this goes back to \(TimeText.human(snapshot.at)), \(Value.count(Int(snapshot.messages), "message")) then\(now): "
            + "mail, flags, passwords and accounts that came or changed since are lost"
    }

    private func tell(_ snapshot: BackupSnapshot, _ path: String, _ aside: String) throws {
        try common.say(
            "\(path) is as it was at \(TimeText.human(snapshot.at)); what it was before is in \(aside)", result,
            [
                ("outcome", .text("changed")), ("store", .text(path)), ("at", .text(TimeText.machine(snapshot.at))),
                ("messages", .integer(snapshot.messages)), ("aside", .text(aside)),
            ])
    }
}
