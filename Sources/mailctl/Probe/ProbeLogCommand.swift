import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct ProbeLogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe-log", abstract: "What the server saw of a run of mail-probe; needs a running server.",
        discussion: """
            Shows the attempts that carried the token of a run, and others from the same address within a minute, which are \
            marked inferred. Attempts are kept in memory only, the latest of each worker.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Option(
        help: ArgumentHelp(
            "Of an address or network instead, for programs that never came as far as to send a token.",
            valueName: "address"))
    var address: String?
    @Option(
        help: ArgumentHelp("With --address, from then on: a time, or a span back from now; 5m.", valueName: "time"))
    var since: String?
    @Argument(help: "As mail-probe shows it.") var token: String?

    private static let defaultSpan = "5m"

    func validate() throws {
        guard (token == nil) != (address == nil) else { throw ValidationError("give a token, or --address") }
        guard since == nil || address != nil else { throw ValidationError("--since goes with --address") }
    }

    func run() async throws {
        let now = try common.clock()()
        let moment = try Moment.parse(since ?? Self.defaultSpan, now: now, option: "--since") ?? now
        let probe = try token.map(Self.token)
        let writer = try ProbeLogOutput(output)
        let report = try await common.withStore { administration in
            guard let probe else { return try administration.probeReport(from: address ?? "", since: moment) }
            return try administration.probeReport(probe)
        }
        guard !report.attempts.isEmpty else { throw nothing(probe, report) }
        try writer.write(report)
    }

    /// People read it out to one another, or copy the whole name that it stands in.
    private static func token(_ text: String) throws(ToolError) -> ProbeToken {
        let lower = text.lowercased()
        guard let token = ProbeToken(lower) ?? ProbeToken(hostName: lower) else {
            throw .data("\"\(text)\" is not a token of mail-probe: \(ProbeToken.length) letters a-z and digits 2-7")
        }
        return token
    }

    private func nothing(_ token: ProbeToken?, _ report: ProbeReport) -> ToolError {
        let memory =
            "remembered is what came since \(TimeText.human(report.since, withSeconds: true)), "
            + "at most the latest \(report.limit) connections of each worker"
        guard let token else {
            return ToolError(
                .noSuchObject, "attempt_not_found", "nothing came from \(address ?? "") in that time",
                hint: "\(memory); is it the address that the client has outside?")
        }
        return ToolError(
            .noSuchObject, "token_not_found", "no attempt carried the token \(token)",
            hint: "\(memory); when nothing got through, try --address")
    }
}
