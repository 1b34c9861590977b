import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct AccountShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "All about accounts.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var list: NameList

    struct Item: Sendable {
        let entry: AccountEntry
        let aliases: [EmailAddress]
        let signature: String
    }

    private static let columns: [Column<Item>] =
        AccountCommand.columns.map { column in Column(column.name) { column.field($0.entry) } }
        + [
            Column("aliases") { .list($0.aliases.map(\.description)) },
            Column("signature", isShown: false) { .text($0.signature.isEmpty ? nil : $0.signature) },
        ]

    func run() async throws {
        let names = try list.all()
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        let items = try await common.withStore { administration in
            var items: [Item] = []
            for name in names {
                let entry = try await administration.account(name)
                items.append(
                    Item(
                        entry: entry, aliases: try await administration.aliases(of: entry),
                        signature: try await administration.preferences(of: entry).signature))
            }
            return items
        }
        if let only = items.first, items.count == 1 { try writer.writeOne(only) } else { try writer.write(items) }
    }
}
