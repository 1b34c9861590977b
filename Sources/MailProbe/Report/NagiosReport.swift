internal import MailTool

/// One line that Nagios and its kin read: state, what is wrong, and figures.
package enum NagiosReport {
    private static let longestText = 200

    package static func line(_ report: ProbeReport, _ words: FindingWords, _ policy: Policy) -> String {
        let state =
            switch report.status {
            case .ok, .info, .skipped: "OK"
            case .warning: "WARNING"
            case .critical: "CRITICAL"
            case .unknown: "UNKNOWN"
            }
        let text = report.root.map { "\($0.target) \(words.message($0))" } ?? "\(report.count(.ok)) checks passed"
        let plain = Printable.oneLine("MAIL \(state) - \(text)").replacing("|", with: "/")
        return String(plain.prefix(longestText)) + " | " + figures(report, policy)
    }

    private static func figures(_ report: ProbeReport, _ policy: Policy) -> String {
        let days = report.findings.compactMap { finding -> Int? in
            guard finding.check == "tls.cert.expiring" || finding.check == "tls.cert.expired",
                case .number(let days) = finding.facts["days"]
            else { return nil }
            return finding.check == "tls.cert.expired" ? -days : days
        }
        let least = days.min().map { " cert_days=\($0);\(policy.warnDays):;\(policy.criticalDays):" } ?? ""
        return "time=\(seconds(report.milliseconds))s problems=\(report.findings.count(where: \.isProblem))" + least
    }

    private static func seconds(_ milliseconds: Int) -> String {
        let rest = String(milliseconds % 1_000)
        return "\(milliseconds / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
