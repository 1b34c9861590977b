import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct VacationSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Answer an account's mail from now on, or from a day on.",
        discussion: "What is not given stays as it was the last time.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: "What the answer says.") var text: String?
    @Option(help: ArgumentHelp("Read it from a file, or from standard input.", valueName: "file|-")) var textFile:
        String?
    @Option(help: "Of the answer; empty: \"Auto: \" and the subject that is answered.") var subject: String?
    @Option(help: ArgumentHelp("The first day, or now.", valueName: "date")) var from: String?
    @Option(help: ArgumentHelp("The day it ends, or never.", valueName: "date")) var until: String?
    @Option(help: ArgumentHelp("One answer a sender in so many days, 1 to 30.", valueName: "number")) var days: Int?
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"), completion: .names(.account))
    var name: String

    func validate() throws {
        if text != nil, textFile != nil { throw ValidationError("--text excludes --text-file") }
    }

    func run() async throws {
        let change = try change()
        try await EachAccount.run(common, result, [name]) { try await $0.setVacation(change, of: $1) }
    }

    private func change() throws(ToolError) -> VacationChange {
        var change = VacationChange()
        (change.text, change.subject, change.days) = (text, subject, days)
        if let textFile { change.text = try InputFile.text(textFile, atMost: Vacation.longestText) }
        if let from { change.from = .set(from == "now" ? nil : try Value.moment(from)) }
        if let until { change.until = .set(until == "never" ? nil : try Value.moment(until)) }
        return change
    }
}
