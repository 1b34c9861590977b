import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct SendingAllow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "allow", abstract: "Let somebody write to more for a time, instead of what was allowed before.",
        discussion: "What is held already goes with queue release.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("So many a day, or none for no limit.", valueName: "n|none")) var recipients: String
    @Option(help: ArgumentHelp("Until then; without it until it is revoked.", valueName: "time")) var until: String?
    @Option(help: ArgumentHelp("Why, for those who look later.", valueName: "text")) var reason = ""
    @Argument(
        help: ArgumentHelp("An account, or the address of a host.", valueName: "account"),
        completion: .names(.account)) var name: String

    static let most = 100_000_000

    func run() async throws {
        let count = try count()
        let end = try end()
        try await common.withStore { administration in
            let party = try await administration.sendingParty(name)
            try await administration.allowSending(party, most: count, until: end, reason: reason)
        }
        let words = count == 0 ? "any number of recipients" : "\(count) recipients"
        let time = end.map { " until \(TimeText.human($0))" } ?? ""
        try common.say(
            "\(name) may write to \(words)\(time)", result,
            [
                ("outcome", .text("changed")), ("sender", .text(name)), ("recipients", .integer(Int64(count))),
                ("until", end.map { .text(TimeText.machine($0)) } ?? .null),
            ])
    }

    private func count() throws(ToolError) -> Int {
        if recipients == "none" { return 0 }
        guard let number = Int(recipients), (1...Self.most).contains(number) else {
            throw .usage("--recipients \(recipients): a number such as 5000, or none")
        }
        return number
    }

    private func end() throws(ToolError) -> EpochSeconds? {
        guard let until else { return nil }
        let moment = try Value.moment(until)
        let now = try common.clock()()
        guard moment > now else { throw .usage("--until \(until) is over") }
        return moment
    }
}
