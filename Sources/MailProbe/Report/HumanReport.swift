internal import MailMessage
internal import MailNetwork
internal import MailTool

/// For people: the root cause first, each problem once, with one step to take.
package struct HumanReport: Sendable {
    private let report: ProbeReport
    private let words: FindingWords
    private let style: ReportStyle

    package init(_ report: ProbeReport, _ words: FindingWords, _ style: ReportStyle) {
        (self.report, self.words, self.style) = (report, words, style)
    }

    package var text: String {
        let places = self.places
        var lines = DiscoveryReport(report.discovery, words.language).lines
        for place in places { lines += section(place) + [""] }
        lines += ending
        return lines.map { $0 + "\n" }.joined()
    }

    /// The endpoints and domains, those with the worst problems first, otherwise as they were looked at.
    private var places: [[Finding]] {
        var order: [String] = []
        let groups = Dictionary(grouping: report.findings, by: \.place)
        // A name that leads somewhere, alone, is no news.
        for finding in report.findings where !order.contains(finding.place) {
            let isNews = finding.address != nil || groups[finding.place]?.contains { $0.status != .ok } == true
            if isNews { order.append(finding.place) }
        }
        let sorted = order.enumerated().sorted { left, right in
            let (a, b) = (groups[left.element]?.worst.weight ?? 0, groups[right.element]?.worst.weight ?? 0)
            return a == b ? left.offset < right.offset : a > b
        }
        return sorted.compactMap { groups[$0.element] }
    }

    private func section(_ findings: [Finding]) -> [String] {
        let problems = findings.filter { $0.isProblem || $0.status == .info }.sorted {
            $0.status.weight > $1.status.weight
        }
        return [heading(findings)] + problems.flatMap(paragraph) + leftOut(findings)
    }

    private func heading(_ findings: [Finding]) -> String {
        guard let first = findings.first else { return "" }
        let isOffered = !findings.contains { $0.check == "net.refused" && $0.status == .info }
        let name = first.address.map { "\(first.target) (\($0))" } ?? first.target
        let verdict = style.painted(
            (isOffered ? verdict(findings.worst) : ReportWords.notOffered)[words.language], findings.worst)
        return name + String(repeating: " ", count: max(2, style.width - name.count - 26)) + verdict
    }

    private func verdict(_ status: Status) -> Text {
        switch status {
        case .ok, .info, .skipped: ReportWords.works
        case .warning: ReportWords.warns
        case .critical: ReportWords.fails
        case .unknown: ReportWords.unclear
        }
    }

    private func paragraph(_ finding: Finding) -> [String] {
        let sign = style.painted(style.sign(finding.status), finding.status)
        var lines = style.wrapped(words.message(finding), first: "  \(sign) ", rest: "    ", hidden: sign.count - 1)
        if style.isVerbose, let why = words.why(finding) {
            lines += style.wrapped("\(ReportWords.why[words.language]) \(why)", first: "    ", rest: "    ")
        }
        if finding.status != .info || style.isVerbose, let remedy = words.remedy(finding, for: words.audience) {
            lines += style.wrapped("\(ReportWords.doThis[words.language]) \(remedy)", first: "    ", rest: "    ")
        }
        return lines + ["    (\(finding.check))"]
    }

    private func leftOut(_ findings: [Finding]) -> [String] {
        let passed = findings.count { $0.status == .ok }
        var lines: [String] = []
        if passed > 0 {
            let sign = style.painted(style.sign(.ok), .ok)
            let passedWords = passed == 1 ? ReportWords.passedOne : ReportWords.passed
            lines.append("  \(sign) " + passedWords.filled(["count": .number(passed)], in: words.language))
        }
        let areas = Set(findings.filter { $0.because != nil && $0.status == .skipped }.map { CheckArea($0.check) })
            .subtracting(findings.filter { $0.status != .skipped }.map { CheckArea($0.check) })
        guard !areas.isEmpty else { return lines }
        let named = CheckArea.allCases.filter(areas.contains).map { $0.words[words.language] }
        let list = ReportWords.skipped.filled(["list": .list(named)], in: words.language)
        return lines + style.wrapped(list, first: "  \(style.sign(.skipped)) ", rest: "    ")
    }

    private var ending: [String] {
        let problems = report.findings.filter(\.isProblem)
        var lines: [String] = []
        if let root = report.root {
            let count = problems.count == 1 ? ReportWords.problem : ReportWords.problems
            let details = ReportWords.details.filled(["id": .text(root.check.text)], in: words.language)
            lines.append(count.filled(["count": .number(problems.count)], in: words.language) + " " + details)
        } else {
            lines.append((report.status == .unknown ? ReportWords.nothing : ReportWords.allWell)[words.language])
        }
        guard report.hasSentToken else { return lines }
        return lines + [ReportWords.token[words.language], "  mailctl probe-log \(report.token)"]
    }
}

extension Finding {
    fileprivate var place: String { "\(target) \(address.map { $0.description } ?? "")" }
}

extension [Finding] {
    fileprivate var worst: Status { map(\.status).max { $0.weight < $1.weight } ?? .ok }
}
