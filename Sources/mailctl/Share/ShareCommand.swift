import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct ShareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "share", abstract: "Mailboxes that others may use, and who may send for whom.",
        subcommands: [ShareAdd.self, ShareList.self, ShareRemove.self])

    /// What was done: rights as they were and as they are.
    static let changes: [Column<ShareEntry>] = [
        Column("owner") { .text($0.owner.text) }, Column("mailbox") { .text($0.mailbox?.text) },
        Column("grantee") { .text($0.grantee) }, Column("before") { .text($0.before.description) },
        Column("after") { .text($0.rights.description) }, Column("send_as") { .flag($0.maySend) },
    ]
}

struct ShareAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Let a person or an organisation use mailboxes of an account.",
        discussion: """
            Gives the rights, subscribes the person, so that the mailboxes show up in their program below \
            "\(OtherUsers.prefix)", and with --send-as lets them send with the owner's addresses. Run again, it changes \
            the rights.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Option(
        help: ArgumentHelp("A mailbox, again and again; without it INBOX.", valueName: "name"),
        completion: .names(.mailbox))
    var mailbox: [String] = []
    @ArgumentParser.Flag(help: "Every mailbox there is.") var all = false
    @Option(help: "read, write or full.") var level = ShareLevel.read
    @Option(help: ArgumentHelp("Rights by letter instead, such as lrsi.", valueName: "letters")) var rights: String?
    @ArgumentParser.Flag(help: "The person may also send with the owner's addresses.") var sendAs = false
    @ArgumentParser.Flag(help: "Subscribe the person to nothing.") var noSubscribe = false
    @ArgumentParser.Flag(name: [.customShort("n"), .long], help: "Say what would change, change nothing.")
    var dryRun = false
    @Argument(help: ArgumentHelp("Whose mailboxes.", valueName: "owner"), completion: .names(.account)) var owner:
        String
    @Argument(
        help: ArgumentHelp("Who may use them: an account, or $ and an organisation.", valueName: "grantee"),
        completion: .names(.grantee))
    var grantee: String

    func validate() throws {
        if all, !mailbox.isEmpty { throw ValidationError("--all and --mailbox exclude each other") }
        if sendAs, grantee.first == "$" { throw ValidationError("--send-as is for a person, not for an organisation") }
    }

    func run() async throws {
        let writer = try RecordWriter(ShareCommand.changes, output, environment: Environment.format)
        let rights = try wantedRights()
        let names = try mailbox.map(Value.mailbox)
        let entries = try await common.withStore { administration in
            let parties = try await administration.parties(owner, grantee)
            let every = all ? try await administration.mailboxNames(of: parties.owner) : names
            var request = ShareRequest(mailboxes: every.isEmpty ? [.inbox] : every, rights: rights)
            request.subscribes = !noSubscribe
            request.sendAs = sendAs
            request.isDryRun = dryRun
            return try await administration.share(parties, request)
        }
        try writer.write(entries)
    }

    private func wantedRights() throws(ToolError) -> MailboxRights {
        guard let rights else { return level.rights }
        guard let parsed = MailboxRights(letters: rights), !parsed.isEmpty else {
            throw .usage("--rights \(rights): letters out of \(MailboxRights.all)")
        }
        return parsed
    }
}

struct ShareList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What is shared, of all accounts or of one.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: ArgumentHelp("Only what this account shares.", valueName: "owner"), completion: .names(.account))
    var owner: String?

    private static let columns: [Column<ShareEntry>] = [
        Column("owner") { .text($0.owner.text) }, Column("mailbox") { .text($0.mailbox?.text) },
        Column("grantee") { .text($0.grantee) }, Column("level") { .text(ShareLevel($0.rights)?.rawValue) },
        Column("rights") { .text($0.rights.description) }, Column("send_as") { .flag($0.maySend) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        let entries = try await common.withStore { administration in
            var owners: [AccountEntry] = []
            if let owner {
                owners = [try await administration.account(owner)]
            } else {
                owners = try await administration.sharingAccounts()
            }
            var entries: [ShareEntry] = []
            for owner in owners { entries += try await administration.shares(of: owner) }
            return entries
        }
        try writer.write(entries)
    }
}

struct ShareRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take rights away again: on some mailboxes, or everything.",
        discussion: "Without --mailbox subscriptions and the permission to send go too.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Option(help: ArgumentHelp("Only this mailbox, again and again.", valueName: "name"), completion: .names(.mailbox))
    var mailbox: [String] = []
    @ArgumentParser.Flag(name: [.customShort("n"), .long], help: "Say what would change, change nothing.")
    var dryRun = false
    @Argument(help: ArgumentHelp("Whose mailboxes.", valueName: "owner"), completion: .names(.account)) var owner:
        String
    @Argument(help: ArgumentHelp("Who used them.", valueName: "grantee"), completion: .names(.grantee)) var grantee:
        String

    func run() async throws {
        let writer = try RecordWriter(ShareCommand.changes, output, environment: Environment.format)
        let names = try mailbox.map(Value.mailbox)
        let entries = try await common.withStore { administration in
            let parties = try await administration.parties(owner, grantee)
            return try await administration.unshare(parties, names, isDryRun: dryRun)
        }
        try writer.write(entries)
    }
}

extension ShareLevel: ExpressibleByArgument {}
