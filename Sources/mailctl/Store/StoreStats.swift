import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct StoreStats: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stats", abstract: "The store in numbers.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    private static let columns: [Column<StoreStatistics>] = [
        Column("store") { .text($0.store) }, Column("is_test_store") { .flag($0.isTestStore) },
        Column("domains") { .number(Int64($0.domains)) }, Column("aliases") { .number(Int64($0.aliases)) },
        Column("accounts_active") { count($0, .active) }, Column("accounts_no_password") { count($0, .noPassword) },
        Column("accounts_suspended") { count($0, .suspended) }, Column("accounts_removed") { count($0, .removed) },
        Column("messages") { .number($0.messages) },
        Column("used_bytes") { .number($0.bytes, shown: SizeText.format($0.bytes)) },
        Column("queued") { .number(Int64($0.queued)) },
    ]

    private static func count(_ statistics: StoreStatistics, _ status: AccountStatus) -> Field {
        .number(Int64(statistics.statuses[status] ?? 0))
    }

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        try writer.writeOne(try await common.withStore { try await $0.statistics() })
    }
}
