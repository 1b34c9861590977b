import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring back mail that was purged, expunged, or deleted with its folder.",
        discussion: """
            Each message comes back into the mailbox it was in, which is made anew when it is gone, with its flags and its
            date. Without a choice of messages it asks first. --dry-run lists what there is; --forget lets it go for good.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Option(help: ArgumentHelp("What was in this mailbox.", valueName: "name"), completion: .names(.mailbox))
    var mailbox: String?
    @Option(
        help: ArgumentHelp("What went then or later: a time, or a span such as 2d back from now.", valueName: "time"))
    var since: String?
    @Option(help: ArgumentHelp("A message by its number in the list, again and again.", valueName: "id"))
    var message: [Int64] = []
    @Option(help: ArgumentHelp("Into this mailbox instead.", valueName: "name"), completion: .names(.mailbox)) var into:
        String?
    @Option(
        help: ArgumentHelp("What the account has no more, from a folder of backups.", valueName: "dir"),
        completion: .directory) var from: String?
    @Option(help: ArgumentHelp("With --from: the state of then; without it the newest.", valueName: "time")) var at:
        String?
    @Option(
        help: ArgumentHelp("With --from: where to unpack to; else the system's folder for it.", valueName: "dir"),
        completion: .directory) var scratch: String?
    @ArgumentParser.Flag(name: [.customShort("n"), .long], help: "List what would come back, change nothing.")
    var dryRun = false
    @ArgumentParser.Flag(help: "Delete for good instead, before the time; needs --confirm.") var forget = false
    @Option(help: ArgumentHelp("The address, to confirm --forget.", valueName: "address"), completion: .names(.account))
    var confirm: String?
    @ArgumentParser.Flag(help: "Also beyond the account's limit.") var noQuota = false
    @ArgumentParser.Flag(name: .shortAndLong, help: "Yes to bringing everything back.") var yes = false
    @Option(help: "auto, always, never or json.") var progress = MailTool.Progress.Mode.auto
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String

    private static let columns: [Column<Restorable>] = [
        Column("id") { .number($0.id.value) }, Column("mailbox") { .text($0.place?.text) },
        Column("mailbox_gone", isShown: false) { .flag($0.isPlaceGone) },
        Column("gone_at") { .time($0.goneAt) }, Column("how") { .text(Self.words($0.departure)) },
        Column("until") { .time($0.keptUntil) },
        Column("bytes") { .number($0.size, shown: SizeText.format($0.size)) },
        Column("received_at", isShown: false) { .time($0.receivedAt) },
        Column("subject") { .text(EncodedWord.decode($0.subject)) },
    ]

    func validate() throws {
        if forget, into != nil { throw ValidationError("--forget and --into exclude each other") }
        if from != nil, forget { throw ValidationError("--from and --forget exclude each other") }
        if at != nil, from == nil { throw ValidationError("--at goes with --from") }
        if scratch != nil, from == nil { throw ValidationError("--scratch goes with --from") }
        if from != nil, !message.isEmpty, mailbox == nil {
            throw ValidationError("with --from, --message names UIDs: give --mailbox too")
        }
        if confirm != nil, !forget { throw ValidationError("--confirm goes with --forget") }
    }

    func run() async throws {
        if let from { return try await FromBackup(command: self, folder: from).run() }
        let writer = try RecordWriter(Self.columns, output, environment: dryRun ? Environment.format : nil)
        let place = try into.map(Value.mailbox)
        let selection = try selection()
        try await common.withStore { administration in
            let entry = try await administration.account(address)
            let found = try await administration.restorables(of: entry, selection)
            try requireAll(found)
            if dryRun { return try list(found, writer, entry) }
            if forget { return try await forget(found, of: entry, administration) }
            if selection.isEverything, !found.isEmpty {
                try Confirmation.ask(
                    "bring back \(Value.count(found.count, "message"))", isAnswered: yes,
                    isAllowedToAsk: !common.noInput)
            }
            try await restore(found, of: entry, into: place, administration)
        }
    }

    private func selection() throws(ToolError) -> RestoreSelection {
        var selection = RestoreSelection()
        selection.mailbox = try mailbox.map { name throws(ToolError) in try Value.mailbox(name) }
        selection.since = try Moment.parse(since, now: common.clock()(), option: "--since")
        selection.messages = Set(message.map { MessageID($0) })
        return selection
    }

    /// Numbers that are not in the list are a mistake, not an empty choice.
    private func requireAll(_ found: [Restorable]) throws(ToolError) {
        let known = Set(found.map(\.id.value))
        guard let missing = message.first(where: { !known.contains($0) }) else { return }
        throw ToolError(
            .noSuchObject, "message_not_found", "no message \(missing) can come back",
            hint: "mailctl restore --dry-run \(address)")
    }

    private func list(_ found: [Restorable], _ writer: RecordWriter<Restorable>, _ entry: AccountEntry) throws {
        try writer.write(found)
        let bytes = SizeText.format(found.reduce(0) { $0 + $1.size })
        common.tellPeople("\(Value.count(found.count, "message")) (\(bytes)) of \(entry.address) can come back")
    }

    private func restore(
        _ found: [Restorable], of entry: AccountEntry, into place: MailboxName?, _ administration: Administration
    ) async throws {
        var bar = bar(found)
        defer { bar.finish() }
        var done = 0
        do {
            let count = try await administration.restore(found, of: entry, into: place, ignoresQuota: noQuota) {
                done += $0
                bar.advance(by: Int64($0))
            }
            bar.finish()
            try tell("restored", count, bytes: found.reduce(0) { $0 + $1.size }, entry)
        } catch {
            bar.finish()
            if done > 0 { common.tellPeople("\(done) of \(Value.count(found.count, "message")) came back before") }
            throw error
        }
    }

    private func bar(_ found: [Restorable]) -> MailTool.Progress {
        MailTool.Progress("messages", total: Int64(found.count), mode: common.quiet > 0 ? .never : progress)
    }

    private func forget(
        _ found: [Restorable], of entry: AccountEntry, _ administration: Administration
    ) async throws {
        try Confirmation.require(
            entry.address.description, what: "this deletes \(Value.count(found.count, "message")) for good",
            given: confirm, isAllowedToAsk: !common.noInput)
        var bar = bar(found)
        defer { bar.finish() }
        try await administration.forget(found, of: entry) { bar.advance(by: Int64($0)) }
        bar.finish()
        try tell("forgot", found.count, bytes: found.reduce(0) { $0 + $1.size }, entry)
    }

    func tell(_ verb: String, _ count: Int, bytes: Int64, _ entry: AccountEntry) throws(ToolError) {
        guard output.json else {
            return try common.say(
                "\(verb) \(Value.count(count, "message")) (\(SizeText.format(bytes))) of \(entry.address)")
        }
        let object = JSONValue.object([
            ("v", .integer(1)), ("outcome", .text(verb)), ("account", .text(entry.address.description)),
            ("messages", .integer(Int64(count))), ("bytes", .integer(bytes)),
        ])
        try common.say(object.compact)
    }

    private static func words(_ departure: Departure) -> String {
        switch departure {
        case .superseded: "replaced"
        case .expunged: "expunged"
        case .purged: "purged"
        case .folder: "with its mailbox"
        }
    }
}
