package import ArgumentParser

/// How records are written. The table is for people and may change; the others are frozen: new columns only at the end.
package enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    case table, tsv, csv, json, ndjson
}

/// `--format`, `--json`, `--columns`, `--sort`, `--no-header`, `--zero`: the same in every command that lists.
package struct OutputOptions: ParsableArguments {
    @Option(help: "table, tsv, csv, json or ndjson.")
    package var format: OutputFormat?

    @Flag(help: "The same as --format ndjson for lists, and one object for one thing.")
    package var json = false

    @Option(help: ArgumentHelp("Only these columns, in this order.", valueName: "a,b,c"))
    package var columns: String?

    @Option(help: ArgumentHelp("Sort by a column.", valueName: "column[:desc]"))
    package var sort: String?

    @Flag(help: "No header line.")
    package var noHeader = false

    @Flag(name: [.customShort("0"), .long], help: "Records end with NUL, values are raw.")
    package var zero = false

    package init() {}

    /// MAIL_FORMAT counts only for commands that change nothing.
    package func resolved(environment: String?) throws(ToolError) -> OutputFormat {
        if json { return .ndjson }
        if let format { return format }
        guard let environment, !environment.isEmpty else { return .table }
        guard let format = OutputFormat(rawValue: environment) else {
            throw .usage(
                "MAIL_FORMAT=\(environment) is not one of \(OutputFormat.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        return format
    }
}
