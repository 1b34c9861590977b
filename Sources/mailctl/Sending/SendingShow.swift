import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct SendingShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Who has sent in the last day, the most first, and whose mail is held.",
        discussion: """
            Mail beyond a limit is in queue list --state held; queue release lets it go, queue remove does not. When a password
            was stolen: password set, then session close.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(
        help: ArgumentHelp("An account or the address of a host; all when not given.", valueName: "account"),
        completion: .names(.account)) var name: String?

    private static let columns: [Column<SendingStanding>] = [
        Column("sender") { .text($0.name) },
        Column("messages_hour") { Self.count($0, .messagesPerHour) },
        Column("messages_day") { Self.count($0, .messagesPerDay) },
        Column("recipients_hour") { Self.count($0, .recipientsPerHour) },
        Column("recipients_day") { Self.count($0, .recipientsPerDay) },
        Column("new_recipients_day") { Self.count($0, .newRecipientsPerDay) },
        Column("held") { .number($0.episode.map { Int64($0.held) }) },
        Column("held_at", isShown: false) { .time($0.episode?.lastAt) },
        Column("held_since", isShown: false) { .time($0.episode?.beganAt) },
        Column("held_reason", isShown: false) { .text($0.episode?.reason) },
        Column("allowed") { .number($0.allowance.map { Int64($0.most) }) },
        Column("allowed_until") { .time($0.allowance?.until) },
        Column("allowed_by", isShown: false) { .text($0.allowance?.by) },
        Column("allowed_reason", isShown: false) { .text($0.allowance?.reason) },
        Column("most_recipients_day", isShown: false) { .number(Int64($0.rates.recipientsPerDay)) },
    ]

    private static func count(_ standing: SendingStanding, _ limit: SendingLimit) -> Field {
        let (used, most) = (standing.use.count(limit), standing.rates.most(limit))
        return .number(Int64(used), shown: most == 0 ? "\(used)" : "\(used) of \(most)")
    }

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        try writer.write(
            try await common.withStore { administration in
                var party: SendingParty?
                if let name { party = try await administration.sendingParty(name) }
                return try await administration.sendingStandings(of: party)
            })
    }
}
