import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

/// `mailctl restore --from`: the account as a snapshot has it, in a scratch place, compared with the account as it is.
struct FromBackup {
    let command: RestoreCommand
    let folder: String

    private var common: CommonOptions { command.common }

    private static let columns: [Column<BackupMail.Item>] = [
        Column("uid") { .number(Int64($0.uid.value)) }, Column("mailbox") { .text($0.mailbox.text) },
        Column("bytes") { .number($0.size, shown: SizeText.format($0.size)) },
        Column("received_at") { .time($0.receivedAt) },
        Column("subject") { .text($0.subject) },
    ]

    func run() async throws {
        let writer = try RecordWriter(
            Self.columns, command.output, environment: command.dryRun ? Environment.format : nil)
        let filter = try filter()
        let place = try command.into.map(Value.mailbox)
        let moment = try command.at.map(Value.moment)
        let scratch = try ScratchFolder()
        defer { scratch.remove() }
        try await common.withStore { administration in
            let entry = try await administration.account(command.address)
            let old = try BackupAccount(
                entry.id, from: try Backups.open(folder, at: moment), scratch: scratch.path + "/store",
                now: administration.clock())
            let mail = try await old.missing(in: administration, filter)
            if command.dryRun {
                try list(mail, writer, entry)
            } else {
                try await restore(mail, from: old, into: place, of: entry, filter, administration)
            }
            await old.close()
        }
    }

    private func filter() throws(ToolError) -> BackupMailFilter {
        var filter = BackupMailFilter()
        filter.mailbox = try command.mailbox.map { name throws(ToolError) in try Value.mailbox(name) }
        filter.since = try Moment.parse(command.since, now: common.clock()(), option: "--since")
        guard !command.message.isEmpty else { return filter }
        var uids: [UID] = []
        for number in command.message {
            guard let uid = UID(exactly: number) else { throw .data("\(number) is not a UID") }
            uids.append(uid)
        }
        filter.uids = UIDSet(uids)
        return filter
    }

    private func list(_ mail: BackupMail, _ writer: RecordWriter<BackupMail.Item>, _ entry: AccountEntry) throws {
        try writer.write(mail.items)
        common.tellPeople("\(Value.count(mail.items.count, "message")) of \(entry.address) can come back")
    }

    private func restore(
        _ mail: BackupMail, from old: BackupAccount, into place: MailboxName?, of entry: AccountEntry,
        _ filter: BackupMailFilter, _ administration: Administration
    ) async throws {
        if filter.uids == nil, !mail.items.isEmpty {
            try Confirmation.ask(
                "bring back \(Value.count(mail.items.count, "message"))", isAnswered: command.yes,
                isAllowedToAsk: !common.noInput)
        }
        var bar = MailTool.Progress(
            "messages", total: Int64(mail.items.count), mode: common.quiet > 0 ? .never : command.progress)
        defer { bar.finish() }
        try await old.restore(mail, into: entry, place: place, ignoresQuota: command.noQuota, administration) {
            bar.advance()
        }
        bar.finish()
        let count = mail.items.count
        try common.say("restored \(Value.count(count, "message")) of \(entry.address)")
    }
}
