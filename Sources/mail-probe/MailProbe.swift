import ArgumentParser
import MailProbe
import MailTool

/// Arguments -> request -> one run -> report. What happens is in MailProbe.
@main
struct MailProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail-probe", abstract: "Tells why a mail program cannot connect, and what to change.",
        discussion: """
            TARGET: an address, a domain, a host, or a URL (imaps:// imap+tls:// pop3s:// pop3+tls:// submission:// submissions://
            smtp://). Ends with 0 all is well, 1 warning, 2 critical, 3 could not test, 64 wrong arguments.
            """, version: "posthus 0.1")

    @OptionGroup var looking: LookingOptions
    @OptionGroup var login: LoginOptions
    @OptionGroup var trust: TrustOptions
    @OptionGroup var output: ReportOptions
    @Option(
        help: ArgumentHelp("Explain one check.", valueName: "check"),
        completion: .list(CheckCatalogue.all.map(\.id.text)))
    var explain: String?
    @ArgumentParser.Flag(help: "List all checks.") var listChecks = false
    @OptionGroup var tool: ToolOptions
    @Argument(help: ArgumentHelp("What to look at.", valueName: "target")) var targets: [String] = []

    static func main() {
        ToolMain.start(MailProbeCommand.self, codes: PluginCodes.asked)
    }

    func run() async throws {
        if listChecks { return try CheckListing.write(output) }
        if let explain { return try CheckListing.explain(explain, output) }
        let request = try RequestBuilder(looking: looking, login: login, trust: trust, output: output, targets: targets)
            .request()
        let report = await ProbeRun(request).run()
        try ReportPrinter(output: output, request: request).write(report)
        throw ToolExit(output.status(of: report, failOn: trust.failOn))
    }
}

/// Every wrong word ends with one code. Nagios knows no code but 0 to 3: with --nagios every error ends with 3.
enum PluginCodes {
    @Sendable static func asked(_ status: ExitStatus) -> ExitStatus {
        let isAsked = CommandLine.arguments.dropFirst().prefix(while: { $0 != "--" }).contains("--nagios")
        let plain: ExitStatus = [.data, .noInput, .permission].contains(status) ? .usage : status
        return isAsked && plain.rawValue > ExitStatus.nagiosUnknown.rawValue ? .nagiosUnknown : plain
    }
}
