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
        let report = ErrorReport(tool: "mailctl", arguments: CommandLine.arguments)
        var hasFailed = false
        var bar = MailTool.Progress("accounts", total: Int64(names.count), mode: common.quiet > 0 ? .never : .auto)
        defer { bar.finish() }
        try await common.withStore { administration in
            for name in names {
                do {
                    let entry = try await administration.account(name)
                    let outcome = try await change(administration, entry)
                    try common.tell(outcome, "account", "\(entry.address)", result)
                    // What is done is said, whatever becomes of the rest.
                    try StandardOutput.shared.flush()
                } catch let error as AdminError {
                    guard names.count > 1 else { throw error }
                    report.print(ToolError(error))
                    hasFailed = true
                }
                bar.advance()
            }
        }
        if hasFailed { throw ToolExit(.finding) }
    }
}
