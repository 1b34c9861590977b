internal import MailMessage
internal import MailNetwork
package import MailTool

/// One object for each check, the summary last.
package enum JSONReport {
    package static func objects(_ report: ProbeReport, _ language: Language, _ client: MailProgram) -> [JSONValue] {
        let words = FindingWords(language: language, audience: .user, client: client)
        let discovery = report.discovery.map { [self.discovery($0)] } ?? []
        return discovery + report.findings.map { object($0, words) } + [summary(report)]
    }

    private static func object(_ finding: Finding, _ words: FindingWords) -> JSONValue {
        let remedies = finding.isProblem || finding.status == .info ? remedies(finding, words) : .null
        return .object([
            ("v", .integer(1)), ("type", .text("check")), ("target", .text(finding.target)),
            ("address", finding.address.map { .text($0.description) } ?? .null), ("id", .text(finding.check.text)),
            ("status", .text(finding.status.rawValue)), ("because", finding.because.map { .text($0.text) } ?? .null),
            ("ms", .integer(Int64(finding.milliseconds))), ("facts", facts(finding.facts)),
            ("message", .text(words.message(finding))),
            ("why", finding.isProblem ? words.why(finding).map { .text($0) } ?? .null : .null), ("remedy", remedies),
        ])
    }

    private static func remedies(_ finding: Finding, _ words: FindingWords) -> JSONValue {
        .object(Audience.allCases.map { ($0.rawValue, words.remedy(finding, for: $0).map { .text($0) } ?? .null) })
    }

    private static func facts(_ facts: Facts) -> JSONValue {
        .object(
            facts.pairs.map { name, value in
                switch value {
                case .text(let text): (name, .text(text))
                case .number(let number): (name, .integer(Int64(number)))
                case .flag(let flag): (name, .flag(flag))
                case .list(let items): (name, .list(items.map { .text($0) }))
                case .milliseconds(let span): (name + "_ms", .integer(Int64(span)))
                case .bytes(let bytes): (name + "_bytes", .integer(Int64(bytes)))
                case .words(let text): (name, .text(text.english))
                }
            })
    }

    private static func discovery(_ discovery: Discovery) -> JSONValue {
        .object([
            ("v", .integer(1)), ("type", .text("discovery")), ("domain", .text(discovery.domain)),
            (
                "records",
                .list(discovery.recordLines.map { .object([("name", .text($0.name)), ("value", .text($0.value))]) })
            ),
            ("autoconfig", discovery.autoconfig.map { .text($0.place) } ?? .null),
            ("guesses", .list(discovery.guesses.map { .text($0) })),
            ("endpoints", .list(discovery.settings.endpoints.filter { !$0.isOptional }.map { .text($0.url) })),
        ])
    }

    private static func summary(_ report: ProbeReport) -> JSONValue {
        let counts = [Status.ok, .info, .warning, .critical, .skipped, .unknown].map {
            ($0.rawValue, JSONValue.integer(Int64(report.count($0))))
        }
        return .object(
            [("v", .integer(1)), ("type", .text("summary")), ("status", .text(report.status.rawValue))] + counts + [
                ("root", report.root.map { .text($0.check.text) } ?? .null), ("token", .text(report.token.description)),
                ("ms", .integer(Int64(report.milliseconds))),
            ])
    }
}
