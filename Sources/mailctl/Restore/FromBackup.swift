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
        StopSignal.install()
        try await common.withStore { administration in
            let entry = try await administration.account(command.address)
            let backup = try BackupFolder.open(folder, at: moment)
            // Made as the store's owner, who has to write into it.
            let scratch = try ScratchFolder(in: command.scratch)
            defer { scratch.remove() }
            let old = try unpack(entry, backup, scratch, administration)
            do {
                let mail = try await compare(old, filter, place, administration)
                if command.dryRun {
                    try list(mail, writer, entry)
                } else {
                    try await restore(mail, from: old, into: place, of: entry, filter, administration)
                }
                await old.close()
            } catch {
                await old.close()
                throw error
            }
        }
    }

    private func unpack(
        _ entry: AccountEntry, _ backup: BackupFolder.Opened, _ scratch: ScratchFolder, _ administration: Administration
    ) throws -> BackupAccount {
        let bar = bar("unpacked", total: nil) { SizeText.format($0) }
        defer { bar.finish() }
        return try BackupAccount(
            entry.id, from: backup, scratch: scratch.path + "/store", now: administration.clock(),
            copied: StopSignal.watch(bar))
    }

    private func compare(
        _ old: BackupAccount, _ filter: BackupMailFilter, _ place: MailboxName?, _ administration: Administration
    ) async throws -> BackupMail {
        let bar = bar("compared", total: Int64(old.messages))
        defer { bar.finish() }
        return try await old.missing(in: administration, filter, place: place, looked: StopSignal.watch(bar))
    }

    private func bar(
        _ what: String, total: Int64?, shown: @escaping @Sendable (Int64) -> String = { String($0) }
    ) -> SharedProgress {
        SharedProgress(
            MailTool.Progress(what, total: total, mode: common.quiet > 0 ? .never : command.progress, shown: shown))
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
        filter.wanted = uids
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
        if filter.wanted == nil, !mail.items.isEmpty {
            try Confirmation.ask(
                "bring back \(Value.count(mail.items.count, "message"))", isAnswered: command.yes,
                isAllowedToAsk: !common.noInput)
        }
        let bar = bar("messages", total: Int64(mail.items.count))
        defer { bar.finish() }
        try await old.restore(
            mail, into: entry, place: place, ignoresQuota: command.noQuota, administration,
            progress: StopSignal.watch(bar))
        bar.finish()
        try command.tell("restored", mail.items.count, bytes: mail.items.reduce(0) { $0 + $1.size }, entry)
    }
}
