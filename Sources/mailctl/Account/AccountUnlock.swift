import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct AccountFailures: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "failures", abstract: "Failed logins that count against an account now; needs a running server.",
        discussion: "By name and address; the line without an address is all of them together.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String

    private static let columns: [Column<LoginFailures>] = [
        Column("name") { .text($0.name) }, Column("from") { .text($0.source) },
        Column("failures") { .number(Int64($0.count)) }, Column("last_at") { .time($0.lastAt) },
        Column("locked_seconds") { .number($0.lockedSeconds.map(Int64.init)) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        try writer.write(
            try await common.withStore { administration in
                try await administration.loginFailures(of: try await administration.account(address))
            })
    }
}

struct AccountUnlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock", abstract: "Let an owner try again after too many failed logins; needs a running server.",
        discussion: "Addresses that are kept out for other reasons stay out: block list.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var list: NameList

    func run() async throws {
        try await EachAccount.run(common, result, list) { administration, entry in
            try await administration.unlock(entry)
        }
    }
}
