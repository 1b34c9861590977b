import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct RetentionShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Every rule there is, or what holds for some accounts and who says so.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"), completion: .names(.account))
    var names: [String] = []

    private static let columns: [Column<RetentionLine>] = [
        Column("scope") { .text($0.scope) }, Column("trash") { period($0.trash) }, Column("junk") { period($0.junk) },
        Column("held_since") { .time($0.hold?.since) }, Column("held_by") { .text($0.heldBy) },
        Column("hold_reason") { .text($0.hold?.reason) },
    ]
    private static let accountColumns: [Column<RetentionLine>] = [
        Column("account") { .text($0.scope) }, Column("trash") { period($0.trash) },
        Column("trash_source") { .text($0.trash?.source.description) }, Column("junk") { period($0.junk) },
        Column("junk_source") { .text($0.junk?.source.description) }, Column("held_since") { .time($0.hold?.since) },
        Column("held_by") { .text($0.heldBy) }, Column("hold_reason", isShown: false) { .text($0.hold?.reason) },
        Column("imported_at") { .time($0.importedAt) },
    ]

    private static func period(_ period: EffectiveRetention.Period?) -> Field { .text(period?.value.description) }

    func run() async throws {
        let writer = try RecordWriter(
            names.isEmpty ? Self.columns : Self.accountColumns, output, environment: Environment.format)
        let lines = try await common.withStore { administration -> [RetentionLine] in
            if names.isEmpty { return try await administration.retentionRules() }
            var lines: [RetentionLine] = []
            for name in names {
                lines.append(try await administration.retention(of: try await administration.account(name)))
            }
            return lines
        }
        try writer.write(lines)
    }
}
