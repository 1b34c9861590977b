import Foundation
import Testing

@testable import MailShared

/// The dashboard, the alerts and their manual name no metric that does not exist, and every metric has its words.
@Suite struct MonitoringFilesTests {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let known: Set<String> = Set(
        MetricFamily.allCases.flatMap { family in
            family.kind == .histogram
                ? ["", "_bucket", "_sum", "_count"].map { family.rawValue + $0 } : [family.rawValue]
        })

    private func names(in file: String) throws -> Set<String> {
        let text = try String(contentsOf: Self.root.appending(path: file), encoding: .utf8)
        return Set(text.matches(of: /posthus_[a-z0-9_]+/).map { String($0.output) })
    }

    @Test(arguments: ["share/grafana/posthus.json", "share/prometheus/posthus.rules.yml", "docs/MONITORING.md"])
    func namesExist(_ file: String) throws {
        let names = try names(in: file)
        #expect(names.count > 10)
        #expect(names.subtracting(Self.known) == [])
    }

    @Test func theManualExplainsEveryMetric() throws {
        let names = try names(in: "docs/MONITORING.md")
        for family in MetricFamily.allCases { #expect(names.contains(family.rawValue)) }
    }

    @Test func theDashboardIsJSON() throws {
        let data = try Data(contentsOf: Self.root.appending(path: "share/grafana/posthus.json"))
        let board = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let panels = try #require(board["panels"] as? [[String: Any]])
        #expect(panels.count > 10 && panels.allSatisfy { $0["title"] is String })
    }

    /// What an alert is worth: a name, a measure of time, how bad it is, and what to do.
    @Test func everyAlertSaysWhatToDo() throws {
        let text = try String(
            contentsOf: Self.root.appending(path: "share/prometheus/posthus.rules.yml"), encoding: .utf8)
        let alerts = text.components(separatedBy: "- alert: ").dropFirst()
        #expect(alerts.count >= 12)
        for alert in alerts {
            for word in ["expr:", "for:", "severity:", "summary:", "runbook:"] {
                #expect(alert.contains(word), "\(alert.prefix(40))")
            }
        }
    }
}
