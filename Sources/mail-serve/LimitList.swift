import ArgumentParser
import Glibc
import MailConfig
import MailSessions
import MailTool

/// `--print-limits`: every limit with its value in force and its default.
struct LimitList {
    private struct Line: Sendable {
        let row: LimitRow
        let standard: Int64?
    }

    private let lines: [Line]

    init(_ configuration: Configuration) {
        let standard = Self.rows(Configuration())
        lines = zip(Self.rows(configuration), standard).map { Line(row: $0, standard: $1.value) }
    }

    private static func rows(_ configuration: Configuration) -> [LimitRow] {
        LimitCatalogue.rows(PlanBuilder.plan(configuration, ports: [], saltSecret: []))
    }

    /// Columns for people at a terminal; tabs or JSON for everybody else.
    func write(asJSON: Bool) throws {
        let format = asJSON ? "ndjson" : isatty(STDOUT_FILENO) == 1 ? "table" : "tsv"
        let options = try OutputOptions.parse(["--format", format])
        try RecordWriter(Self.columns, options).write(lines)
    }

    private static let columns: [Column<Line>] = [
        Column("name") { .text($0.row.name) },
        Column("value") { .number($0.row.value, shown: shown($0.row.value, $0.row.unit)) },
        Column("default") { .number($0.standard, shown: shown($0.standard, $0.row.unit)) },
        Column("unit", isShown: false) { .text($0.row.unit.rawValue) },
        Column("key") { .text($0.row.key) },
        Column("reference") { .text($0.row.reference) },
        Column("reason") { .text($0.row.reason) },
    ]

    private static func shown(_ value: Int64?, _ unit: LimitRow.Unit) -> String {
        guard let value else { return "none" }
        return switch unit {
        case .count: String(value)
        case .bytes: "\(value) B"
        case .seconds: "\(value) s"
        }
    }
}
