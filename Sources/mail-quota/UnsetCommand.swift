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
    @Option(help: ArgumentHelp("How long who uses more keeps the limit; 30d, 0: not at all.", valueName: "span"))
    var grace: String?
    @Flag(name: .shortAndLong, help: "Yes to taking the default away.") var yes = false
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"), completion: .names(.account))
    var names: [String] = []

    func validate() throws {
        if onlyDated, grace != nil { throw ValidationError("--only-dated ends the limit at once: no --grace") }
    }

    func run() async throws {
        let seconds = try grace.map(Value.span) ?? QuotaGrace.standardSeconds
        let run = QuotaRun(common: common, result: result)
        if let scope = try targets.scope(beside: names) { return try await unset(scope, seconds, run) }
        try await run.eachAccount(try targets.names(names)) { administration, entry in
            try await administration.unsetQuota(of: entry, onlyTemporary: onlyDated, graceSeconds: seconds)
        }
    }

    private func unset(_ scope: QuotaScope, _ seconds: Int64, _ run: QuotaRun) async throws {
        let endsAll = scope == .standard && !onlyDated
        if endsAll {
            try Confirmation.ask(
                "let everybody without another rule have as much as they like", isAnswered: yes,
                isAllowedToAsk: !common.noInput)
        }
        try run.tell(
            try await common.withStore {
                try await $0.unsetQuota(of: scope, onlyTemporary: onlyDated, graceSeconds: seconds)
            })
        if endsAll { common.tellPeople("everybody without another rule is unlimited") }
    }
}
