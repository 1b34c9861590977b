import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct ClassCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "class", abstract: "Classes of accounts, such as employee and student.",
        subcommands: [ClassAdd.self, ClassShow.self, ClassList.self, ClassSet.self, ClassRemove.self])

    static let columns: [Column<ClassEntry>] = [
        Column("class") { .text($0.name.text) }, QuotaColumn.of { $0.quota },
        Column("accounts") { .number(Int64($0.accounts)) },
    ]
}

struct ClassAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Make a class.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("Limit of each account: 500MB, none or default.", valueName: "size")) var quota: String?
    @Option(help: "fail, skip or update.") var ifExists = IfExists.fail
    @Argument(help: ArgumentHelp("Its short name.", valueName: "class"), completion: .names(.class)) var name: String

    func run() async throws {
        let name = try Value.accountClass(name)
        let quota = try quota.map(Value.quota)
        let outcome = try await common.withStore { try await $0.addClass(name, quota: quota, ifExists: ifExists) }
        try common.tell(outcome, "class", "\(name)", result)
    }
}

struct ClassList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "All classes.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let writer = try RecordWriter(ClassCommand.columns, output, environment: Environment.format)
        try writer.write(try await common.withStore { try await $0.classes() })
    }
}

struct ClassShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "One class.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: ArgumentHelp("Its short name.", valueName: "class"), completion: .names(.class)) var name: String

    func run() async throws {
        let wanted = try Value.accountClass(name)
        let writer = try RecordWriter(ClassCommand.columns, output, environment: Environment.format)
        let all = try await common.withStore { try await $0.classes() }
        guard let entry = all.first(where: { $0.name == wanted }) else {
            let near = Suggestion.nearest(to: wanted.text, in: all.map(\.name.text))
            throw ToolError(AdminError.noSuch(kind: "class", name: wanted.text, near: near))
        }
        try writer.writeOne(entry)
    }
}

struct ClassSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "set", abstract: "Change the limit of a class.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("Limit of each account: 500MB, none or default.", valueName: "size")) var quota: String
    @Argument(help: ArgumentHelp("Its short name.", valueName: "class"), completion: .names(.class)) var name: String

    func run() async throws {
        let name = try Value.accountClass(name)
        let quota = try Value.quota(quota)
        let outcome = try await common.withStore { try await $0.setClass(name, quota: quota) }
        try common.tell(outcome, "class", "\(name)", result)
    }
}

struct ClassRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a class without accounts.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
    @Argument(help: ArgumentHelp("Its short name.", valueName: "class"), completion: .names(.class)) var name: String

    func run() async throws {
        let name = try Value.accountClass(name)
        try Confirmation.ask("remove class \(name)", isAnswered: yes, isAllowedToAsk: !common.noInput)
        try await common.withStore { try await $0.removeClass(name) }
        try common.tell(.removed, "class", "\(name)", result)
    }
}
