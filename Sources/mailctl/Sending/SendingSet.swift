import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct SendingSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set how much each account of a class may send.",
        discussion: "A number, none for no limit, or default for what mail.conf says of everybody ([sending]).")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(name: .customLong("class"), help: "The class.", completion: .names(.class)) var accountClass: String
    @Option(help: ArgumentHelp("Messages in an hour.", valueName: "n")) var messagesPerHour: String?
    @Option(help: ArgumentHelp("Messages in 24 hours.", valueName: "n")) var messagesPerDay: String?
    @Option(help: ArgumentHelp("Recipients in an hour.", valueName: "n")) var recipientsPerHour: String?
    @Option(help: ArgumentHelp("Recipients in 24 hours.", valueName: "n")) var recipientsPerDay: String?
    @Option(help: ArgumentHelp("Recipients in 24 hours it has never written to.", valueName: "n"))
    var newRecipientsPerDay: String?

    func run() async throws {
        let name = try Value.accountClass(accountClass)
        let said = try said()
        guard !said.isEmpty else {
            throw ToolError.usage("nothing to set: give --recipients-per-day or another limit")
        }
        let outcome = try await common.withStore { administration in
            try await administration.changeSendingRule(of: name) { rule in
                for (limit, most) in said { rule[limit] = most }
            }
        }
        try common.tell(outcome, "class", "\(name)", result)
    }

    /// What was given; nil takes what the class says away.
    private func said() throws(ToolError) -> [(SendingLimit, Int?)] {
        var said: [(SendingLimit, Int?)] = []
        for (limit, text) in [
            (SendingLimit.messagesPerHour, messagesPerHour), (.messagesPerDay, messagesPerDay),
            (.recipientsPerHour, recipientsPerHour), (.recipientsPerDay, recipientsPerDay),
            (.newRecipientsPerDay, newRecipientsPerDay),
        ] {
            if let text { said.append((limit, try Self.most(text, limit))) }
        }
        return said
    }

    private static func most(_ text: String, _ limit: SendingLimit) throws(ToolError) -> Int? {
        switch text {
        case "none": return 0
        case "default": return nil
        default:
            guard let number = Int(text), (1...SendingAllow.most).contains(number) else {
                throw .usage("--\(limit.option) \(text): a number such as 500, none or default")
            }
            return number
        }
    }
}

struct SendingUnset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unset", abstract: "Take the limits of a class away: those of everybody hold again.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(name: .customLong("class"), help: "The class.", completion: .names(.class)) var accountClass: String

    func run() async throws {
        let name = try Value.accountClass(accountClass)
        let outcome = try await common.withStore { administration in
            try await administration.changeSendingRule(of: name) { $0 = SendingRule() }
        }
        try common.tell(outcome, "class", "\(name)", result)
    }
}

extension SendingLimit {
    fileprivate var option: String { rawValue.replacing(" ", with: "-") }
}
