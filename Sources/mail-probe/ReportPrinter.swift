import MailProbe
import MailTool

/// Writes the report in the form that was asked for.
struct ReportPrinter {
    let output: ReportOptions
    let request: ProbeRequest

    func write(_ report: ProbeReport) throws {
        request.plan.transcript?.all.forEach { StandardError.write($0 + "\n") }
        if output.quiet < 2 { tellOnStderr(report) }
        if output.nagios {
            return try StandardOutput.shared.write(NagiosReport.line(report, output.words, request.policy) + "\n")
        }
        guard output.quiet < 2 else { return }
        if output.isJSON { return try writeObjects(report) }
        if output.quiet == 1, report.root == nil { return }
        try StandardOutput.shared.write(HumanReport(report, output.words, output.style).text)
    }

    /// One sentence for whoever looks only there.
    private func tellOnStderr(_ report: ProbeReport) {
        guard let first = report.findings.first(where: { $0.status == .unknown }) else { return }
        StandardError.write("mail-probe: error: could not test: \(output.words.message(first))\n")
    }

    private func writeObjects(_ report: ProbeReport) throws {
        let objects = JSONReport.objects(report, output.language, output.client)
        let text =
            output.format == .json
            ? JSONValue.list(objects).compact + "\n" : objects.map { $0.compact + "\n" }.joined()
        try StandardOutput.shared.write(text)
    }
}

extension ReportOptions {
    /// The plugins' codes, in every mode.
    func status(of report: ProbeReport, failOn: String) -> ExitStatus {
        switch report.status {
        case .ok, .info, .skipped: .ok
        case .warning: failOn == "critical" ? .ok : .finding
        case .critical: .nagiosCritical
        case .unknown: .nagiosUnknown
        }
    }
}
