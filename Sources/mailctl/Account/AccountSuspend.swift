import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct AccountSuspend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend", abstract: "Refuse logins and mail until resumed; nothing is lost.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: ArgumentHelp("Why, for the next administrator.", valueName: "text")) var reason = ""
    @OptionGroup var list: NameList

    func run() async throws {
        try await EachAccount.run(common, result, list) { try await $0.suspend($1, reason: reason) }
    }
}

struct AccountResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "Undo suspend.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var list: NameList

    func run() async throws {
        try await EachAccount.run(common, result, list) { try await $0.resume($1) }
    }
}

/// One change for many accounts: what fails is told, the rest is done, and the code says so.
enum EachAccount {
    static func run(
        _ common: CommonOptions, _ result: ResultOptions, _ list: NameList,
        _ change: (Administration, AccountEntry) async throws -> Outcome
    ) async throws {
        try await run(common, result, list.all(), change)
    }

    static func run(
        _ common: CommonOptions, _ result: ResultOptions, _ names: [String],
        _ change: (Administration, AccountEntry) async throws -> Outcome
    ) async throws {
        var failed: [ToolError] = []
        var done: [(outcome: Outcome, address: EmailAddress)] = []
        try await common.withStore { administration in
            for name in names {
                do {
                    let entry = try await administration.account(name)
                    done.append((try await change(administration, entry), entry.address))
                } catch let error as AdminError {
                    failed.append(ToolError(error))
                }
            }
        }
        for (outcome, address) in done { try common.tell(outcome, "account", "\(address)", result) }
        guard let first = failed.first else { return }
        if names.count == 1 { throw first }
        let report = ErrorReport(tool: "mailctl", arguments: CommandLine.arguments)
        for error in failed { report.print(error) }
        throw ToolExit(.finding)
    }
}
