import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct RetentionHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Let no purge touch these accounts, and give up nothing that can be restored.",
        discussion:
            "A hold of an account, of its organisation, of its class or of everybody holds, until each is released.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var scope: RetentionScopeOptions
    @Option(help: ArgumentHelp("Why, for who asks later.", valueName: "text")) var reason = ""

    func run() async throws {
        let (now, reason) = (try common.clock()(), reason)
        try await common.changeRetention(scope, result) { rule in
            let before = rule.hold
            rule.hold = RetentionHold(
                since: before?.since ?? now, reason: reason.isEmpty ? before?.reason ?? "" : reason)
        }
    }
}

struct RetentionRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "End a hold; the next purge takes what is due.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var scope: RetentionScopeOptions

    func run() async throws {
        try await common.changeRetention(scope, result) { $0.hold = nil }
    }
}
