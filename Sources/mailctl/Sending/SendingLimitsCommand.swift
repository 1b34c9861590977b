import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct SendingLimitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits", abstract: "How much everybody may send, and the classes of whom something else is said.",
        discussion: "What a class says itself is not in brackets. An allowance (sending show) comes on top.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    private static let columns: [Column<SendingRuleLine>] = [
        Column("scope") { .text($0.accountClass.map { "class:\($0)" } ?? "default") },
        Column("messages_hour") { Self.most($0, .messagesPerHour) },
        Column("messages_day") { Self.most($0, .messagesPerDay) },
        Column("recipients_hour") { Self.most($0, .recipientsPerHour) },
        Column("recipients_day") { Self.most($0, .recipientsPerDay) },
        Column("new_recipients_day") { Self.most($0, .newRecipientsPerDay) },
    ]

    private static func most(_ line: SendingRuleLine, _ limit: SendingLimit) -> Field {
        let most = line.rates.most(limit)
        let text = most == 0 ? "none" : "\(most)"
        let isOwn = line.accountClass == nil || line.rule[limit] != nil
        return .number(Int64(most), shown: isOwn ? text : "(\(text))")
    }

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        try writer.write(try await common.withStore { try await $0.sendingRules() })
    }
}
