import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

/// The attempts as records, and what follows from them: sentences below a table, objects behind ndjson.
struct ProbeLogOutput {
    private let writer: RecordWriter<SeenAttempt>
    private let format: OutputFormat
    private let isRaw: Bool

    init(_ options: OutputOptions) throws(ToolError) {
        writer = try RecordWriter(Self.columns, options, environment: Environment.format)
        format = try options.resolved(environment: Environment.format)
        isRaw = options.zero
    }

    func write(_ report: ProbeReport) throws(ToolError) {
        let shown = shown(report.attempts)
        try writer.write(shown)
        guard !isRaw else { return }
        switch format {
        case .table:
            let hidden = report.attempts.count - shown.count
            let note =
                "\n\(hidden) more that mail-probe tries on purpose, to see them refused; --format ndjson shows them"
            let lines = (hidden > 0 ? [note] : []) + report.conclusions.map { "\n=> " + $0.message }
            try StandardOutput.shared.write(lines.joined() + (lines.isEmpty ? "" : "\n"))
        case .ndjson:
            for each in report.conclusions { try StandardOutput.shared.write(Self.object(each).compact + "\n") }
        case .json, .tsv, .csv: break
        }
        try StandardOutput.shared.flush()
    }

    /// For people without what mail-probe tries on purpose: a dozen of them stand around each attempt that matters.
    private func shown(_ attempts: [SeenAttempt]) -> [SeenAttempt] {
        guard format == .table, !isRaw, attempts.contains(where: { !$0.isTrial }) else { return attempts }
        return attempts.filter { !$0.isTrial }
    }

    private static func object(_ conclusion: ProbeConclusion) -> JSONValue {
        .object([
            ("v", .integer(1)), ("type", .text("conclusion")), ("id", .text(conclusion.id)),
            ("message", .text(conclusion.message)),
        ])
    }

    private static let columns: [Column<SeenAttempt>] =
        [
            Column("at") { .second($0.attempt.at) }, Column("service") { .text($0.attempt.service) },
            Column("port") { .number(Int64($0.attempt.port)) }, Column("peer") { .text($0.attempt.peer) },
            Column("tls") { .text($0.attempt.tls.version) }, Column("evidence") { .text($0.evidence.rawValue) },
            Column("what") { .text($0.what) },
            Column("conclusions", isShown: false) { .list($0.conclusions) },
        ] + details

    private static let details: [Column<SeenAttempt>] =
        [
            Column("client", isShown: false) { .text($0.attempt.client) },
            Column("token", isShown: false) { .text($0.attempt.probe?.token.description) },
            Column("peer_port", isShown: false) { .number(Int64($0.attempt.peerPort)) },
            Column("proxy", isShown: false) { .text($0.attempt.proxy) },
            Column("cipher", isShown: false) { .text($0.attempt.tls.cipher) },
            Column("server_name", isShown: false) { .text($0.attempt.tls.serverName) },
            Column("alpn", isShown: false) { .text($0.attempt.tls.alpn) },
            Column("offered", isShown: false) { .text($0.attempt.tls.offered) },
            Column("login", isShown: false) { .text($0.attempt.login.result) },
            Column("mechanism", isShown: false) { .text($0.attempt.login.mechanism) },
            Column("misstep", isShown: false) { .text($0.attempt.misstep?.rawValue) },
            Column("told_address", isShown: false) { .text($0.attempt.probe?.address) },
            Column("told_tls", isShown: false) { .text($0.attempt.probe?.tls) },
            Column("told_certificate", isShown: false) { .text($0.attempt.probe?.certificate) },
            Column("shown_certificate", isShown: false) { .text($0.attempt.probe?.shownCertificate) },
        ] + ends

    private static let ends: [Column<SeenAttempt>] = [
        Column("end", isShown: false) { .text($0.attempt.end?.kind) },
        Column("reason", isShown: false) { .text($0.attempt.end?.reason) },
        Column("alert", isShown: false) { .number($0.attempt.end?.alert.map { Int64($0) }) },
        Column("detail", isShown: false) { .text($0.attempt.end?.detail) },
        Column("command", isShown: false) { .text($0.attempt.end?.command) },
        Column("commands", isShown: false) { .number($0.attempt.end.map { Int64($0.commands) }) },
        Column("seconds", isShown: false) { .number($0.attempt.end.map { Int64($0.seconds) }) },
        Column("repeats", isShown: false) { .number($0.attempt.end.map { Int64($0.repeats) }) },
        Column("id", isShown: false) { .text($0.attempt.id) },
        Column("trial", isShown: false) { .flag($0.isTrial) },
    ]
}
