import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct VacationShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "What is answered, since when and until when.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(
        help: ArgumentHelp("Address, login or alias; all when not given.", valueName: "address"),
        completion: .names(.account)) var name: String?

    private static let columns: [Column<VacationLine>] = [
        Column("account") { .text("\($0.account)") }, Column("on") { .flag($0.vacation.isOn) },
        Column("answers") { .flag($0.answersNow) }, Column("from") { .time($0.vacation.from) },
        Column("until") { .time($0.vacation.until) }, Column("days") { .number(Int64($0.vacation.days)) },
        Column("subject") { .text($0.vacation.subject) }, Column("text") { .text($0.vacation.text) },
    ]

    func run() async throws {
        let writer = try RecordWriter(Self.columns, output, environment: Environment.format)
        let now = try common.clock()()
        try writer.write(
            try await common.withStore { administration in
                guard let name else { return try await administration.vacations(of: nil, at: now) }
                return try await administration.vacations(of: try await administration.account(name), at: now)
            })
    }
}
