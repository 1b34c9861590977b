import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Who changed what: accounts, passwords, aliases, groups, domains, limits.",
        discussion:
            "Oldest first. Lines are never changed, never hold a secret, and stay, unless retention.audit says how long."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Option(help: ArgumentHelp("From then on: a time, or a span such as 7d back from now.", valueName: "time"))
    var since: String?
    @Option(
        help: ArgumentHelp("What concerns this account, removed ones too.", valueName: "account"),
        completion: .names(.account))
    var account: String?

    private static let columns: [Column<AuditLine>] = [
        Column("at") { .time($0.entry.at) }, Column("actor") { .text($0.entry.actor.name) },
        Column("uid", isShown: false) { .number($0.entry.actor.uid) },
        Column("tool", isShown: false) { .text($0.entry.actor.tool) }, Column("action") { .text($0.entry.action) },
        Column("target") { .text($0.entry.object) }, Column("account") { .text($0.account?.description) },
        Column("before") { .text($0.entry.before) }, Column("after") { .text($0.entry.after) },
        Column("reason", isShown: false) { .text($0.entry.actor.reason.isEmpty ? nil : $0.entry.actor.reason) },
    ]

    func run() async throws {
        let moment = try Moment.parse(since, now: common.clock()(), option: "--since") ?? 0
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        let lines = try await common.withStore { administration in
            var entry: AccountEntry?
            if let account { entry = try await administration.auditedAccount(account) }
            return try await administration.audit(since: moment, account: entry)
        }
        try writer.write(lines)
    }
}

/// A moment on the command line: a time, or a span back from now.
enum Moment {
    static func parse(_ text: String?, now: Int64, option: String) throws(ToolError) -> Int64? {
        guard let text else { return nil }
        if let moment = TimeText.parse(text) { return moment }
        let span = text.hasPrefix("now-") ? String(text.dropFirst(4)) : text
        guard let seconds = SpanText.parse(span) else {
            throw .usage("\(option) \(text): a time such as 2027-02-01 or a span such as 7d")
        }
        return now - Int64(seconds)
    }
}
