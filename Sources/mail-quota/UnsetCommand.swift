import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct UnsetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unset", abstract: "Take a limit away: the organisation's, class's or default counts again.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var targets: QuotaTargets
    @Flag(help: "Only the dated limit, before its time.") var onlyDated = false
    @Option(help: ArgumentHelp("How long who uses more keeps the limit; 0: not at all.", valueName: "span"))
    var grace = "30d"
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"), completion: .names(.account))
    var names: [String] = []

    func run() async throws {
        let seconds = try Value.span(grace)
        let run = QuotaRun(common: common, result: result)
        if let scope = try targets.scope() {
            let outcome = try await common.withStore {
                try await $0.unsetQuota(of: scope, onlyTemporary: onlyDated, graceSeconds: seconds)
            }
            return try run.tell(QuotaResult(name: scope.description, outcome: outcome, limit: nil))
        }
        try await run.eachAccount(try targets.names(names)) { administration, entry in
            try await administration.unsetQuota(of: entry, onlyTemporary: onlyDated, graceSeconds: seconds)
        }
    }
}
