import ArgumentParser
import MailAdmin
import MailCommand
import MailStore
import MailTool

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Whether anybody is about to be full: 0 no, 1 yes; with --nagios 0, 1, 2 or 3.",
        discussion:
            "Without names everybody is looked at. With --allow so many may be over a threshold without an alarm.")

    @OptionGroup var common: CommonOptions
    @Option(help: ArgumentHelp("Warn from here on.", valueName: "percent")) var warn = "80%"
    @Option(help: ArgumentHelp("Critical from here on.", valueName: "percent")) var crit = "95%"
    @Option(help: ArgumentHelp("So many accounts may be over either.", valueName: "n")) var allow = 0
    @Option(help: "Only this organisation.", completion: .names(.org)) var org: String?
    @Flag(help: "One line and the exit codes of a Nagios plugin.") var nagios = false
    @Argument(help: ArgumentHelp("Address, login or alias.", valueName: "address"), completion: .names(.account))
    var names: [String] = []

    func run() async throws {
        do {
            let check = try await check()
            try StandardOutput.shared.write((nagios ? check.nagiosLine : check.line) + "\n")
            try StandardOutput.shared.flush()
            try finish(check)
        } catch let error as ToolError where nagios {
            try StandardOutput.shared.write(QuotaCheck.nagiosLine(unknown: error.message) + "\n")
            throw ToolExit(.nagiosUnknown)
        }
    }

    private func finish(_ check: QuotaCheck) throws(ToolExit) {
        switch check.state {
        case .ok: return
        case .warning: throw ToolExit(.finding)
        case .critical: throw ToolExit(nagios ? .nagiosCritical : .finding)
        }
    }

    private func check() async throws -> QuotaCheck {
        let (warn, crit) = (try Value.percent(warn), try Value.percent(crit))
        guard warn <= crit else { throw ToolError.usage("--warn \(warn)% is above --crit \(crit)%") }
        guard allow >= 0 else { throw ToolError.usage("--allow \(allow): a number of accounts, from 0 on") }
        guard names.isEmpty || org == nil else { throw ToolError.usage("either names or --org") }
        var selection = QuotaSelection()
        selection.organisation = try org.map(Value.organisation)
        selection.least = warn
        let wanted = selection
        return try await common.withStore { administration in
            var entries: [AccountEntry] = []
            for name in names { entries.append(try await administration.account(name)) }
            if names.isEmpty { entries = try await administration.quotas(of: wanted) }
            return QuotaCheck(entries, warn: warn, crit: crit, allowed: allow)
        }
    }
}
